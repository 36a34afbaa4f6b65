import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { claimKey, queueKey } from '../../shared/keys.ts'
import { pruneEvents } from '../../shared/protocol/horizon.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const DAY_MS = 86_400_000
const MANY = 5_000 // more than one chunk of a pass
const ids = Array.from({ length: MANY }, (_, i) => `o${i}`)
const isSettled = async () => (await bed.senderDb.read.outbox.count({ where: { queue: 'inventory' } })) === 0
const forgetReceiver = () => bed.senderDb.write((tx) => tx.meta.delete({ where: { key: 'heard:inventory' } }))

const looksForRoom = async () => {
  const [, calls = '0'] = /cmdstat_llen:calls=(\d+)/.exec(await bed.redis.client.info('commandstats')) ?? []
  return Number(calls)
}

/** The sender has told inventory of all this long ago, and has no rows left. */
async function tellAll(): Promise<void> {
  await bed.startSender()
  for (let i = 0; i < MANY; i += 1_000) await bed.place(...ids.slice(i, i + 1_000))
  await bed.stopSender()
  await bed.senderDb.write((tx) => tx.outbox.deleteMany())
  await bed.redis.client.flushall()
}

describe('a receiver that is new to its sender', () => {
  it('hears all that happened before it came, in its order, and then what happens', async () => {
    await tellAll()
    await forgetReceiver()
    const heard: string[] = []
    await bed.startReceiver({
      apply: async (_tx, messages) => void heard.push(...messages.map(({ subject }) => subject)),
    })

    await bed.startSender()
    await bed.place('now')

    await until(() => heard.length > MANY, { timeoutMs: 30_000 })
    expect(heard).toEqual([...ids, 'now'])
    await until(isSettled)
  })

  it('hears it once, though its sender is killed in the middle of the pass', async () => {
    await tellAll()
    await forgetReceiver()
    await bed.startSender()
    await until(async () => (await bed.senderDb.read.outbox.count({ where: { queue: 'inventory' } })) > 0)
    await bed.stopSender()

    await bed.startReceiver()
    await bed.startSender()

    await until(async () => (await isSettled()) && (await bed.effects('o4999')) === 1, { timeoutMs: 30_000 })
    expect(await bed.allEffects()).toEqual(new Map(ids.map((id) => [id, 1])))
  })

  it('is told nothing twice when it is known', async () => {
    await tellAll()
    await bed.startReceiver()
    await bed.startSender()
    await bed.place('now')

    await until(async () => (await bed.effects('now')) === 1)
    expect((await bed.allEffects()).size).toBe(1)
  })
})

describe('a receiver that has lost its database', () => {
  it('and only reads is told everything again', async () => {
    const isReader = (receiver: string) => receiver === 'inventory'
    await bed.startSender(isReader)
    await bed.startReceiver()
    await bed.place('o1', 'o2')
    await until(async () => (await bed.effects('o2')) === 1)
    await until(async () =>
      (await bed.senderDb.read.meta.findUnique({ where: { key: 'heard:inventory' } }))?.value.includes('"database":"'),
    )

    await bed.loseReceiversData()
    await bed.redis.client.del(claimKey('inventory')) // as a reader does
    await bed.startReceiver()
    await bed.place('o3')

    await until(async () => (await bed.allEffects()).size === 3)
    expect(await bed.allEffects()).toEqual(new Map(['o1', 'o2', 'o3'].map((id) => [id, 1])))
    expect(bed.told).toContainEqual(expect.objectContaining({ msg: 'receiver.replaced', isRebuilt: true }))
  })

  it('and only reads has missed nothing, for it is told nothing before it is known which one it has', async () => {
    const isReader = (receiver: string) => receiver === 'inventory'
    await bed.startSender(isReader)
    await bed.place('o1', 'o2')
    await bed.stopSender()
    await forgetReceiver()
    await bed.startSender(isReader)
    await delay(500) // all that it would push, it has pushed

    expect(await bed.redis.client.llen(queueKey('inventory'))).toBe(0)
    await bed.startReceiver()

    await until(async () => (await bed.allEffects()).size === 2)
    await until(isSettled)
  })

  it('and only reads lets its sender rest until they have met', async () => {
    await bed.startSender((receiver) => receiver === 'inventory')
    await bed.place('o1', 'o2')
    const before = await looksForRoom()
    await delay(1_000) // in which who fills a list looks for room in it twenty times

    expect((await looksForRoom()) - before).toBeLessThan(5)
  })

  it('and owns truth refuses to begin anew, in one sentence', async () => {
    await bed.startReceiver()
    await bed.loseReceiversData()

    await expect(bed.startReceiver()).rejects.toThrow(/inventory’s queue .* its database is lost/)
  })
})

describe('a receiver that has gone from the table', () => {
  it('leaves its sender to the others: what waits for it waits on, and is told of', async () => {
    await bed.startSender()
    await bed.place('o1')
    await bed.stopSender()
    await bed.senderDb.write(
      (tx) => tx.$executeRaw`
      INSERT INTO "Outbox" (event, queue, stamp, pushes, "enqueuedAt") SELECT seq, 'guest', 0, 0, 0 FROM "Event"`,
    )

    await bed.startSender()
    await bed.startReceiver()

    await until(isSettled)
    expect(await bed.senderDb.read.outbox.count({ where: { queue: 'guest' } })).toBe(1)
    expect(bed.told).toContainEqual(expect.objectContaining({ msg: 'outbox.receiver_unknown', queues: ['guest'] }))
  })
})

describe('what has happened', () => {
  it('is kept for a month, and longer while somebody has still to hear of it', async () => {
    await bed.startSender()
    await bed.place('o1', 'o2')
    await bed.stopSender()
    const [first] = await bed.senderDb.read.event.findMany({ orderBy: { seq: 'asc' } })
    await bed.senderDb.write((tx) => tx.outbox.deleteMany({ where: { event: first?.seq ?? 0 } }))
    const prunePast = pruneEvents(30 * DAY_MS)
    const prune = (days: number) => bed.senderDb.write((tx) => prunePast(tx, Date.now() + days * DAY_MS, 10))

    expect(await prune(29)).toBe(0)
    expect(await prune(31)).toBe(1)
    expect((await bed.senderDb.read.event.findMany()).map(({ subject }) => subject)).toEqual(['o2'])
  })
})
