import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { queueKey } from '../../shared/keys.ts'
import { WINDOW } from '../../shared/protocol/window-size.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const MORE_THAN_A_LIST_HOLDS = WINDOW + 10_000
const idsOf = (count: number, first = 0) => Array.from({ length: count }, (_, i) => `o${first + i}`)
const lengthOfList = () => bed.redis.client.llen(queueKey('inventory'))
const subjectsIn = (elements: string[]) => elements.map((text) => String(JSON.parse(text).subject))

async function placeMany(count: number, first = 0): Promise<void> {
  const ids = idsOf(count, first)
  for (let i = 0; i < count; i += 1_000) await bed.place(...ids.slice(i, i + 1_000))
}

describe('a list', () => {
  it('holds a window of what waits, in order; the rest waits on disk, and follows', async () => {
    await bed.startSender()
    await placeMany(MORE_THAN_A_LIST_HOLDS)
    await until(async () => (await lengthOfList()) >= WINDOW)

    const elements = (await bed.waiting()).toReversed()
    expect(elements.length).toBeLessThan(WINDOW + 2_000)
    expect(subjectsIn(elements)).toEqual(idsOf(elements.length))

    const popped = (await bed.redis.client.rpop(queueKey('inventory'), 15_000)) ?? []
    expect(subjectsIn(popped)).toEqual(idsOf(15_000))
    await until(async () => (await lengthOfList()) >= WINDOW - 5_000)
    const rest = (await bed.waiting()).toReversed()
    expect(new Set(subjectsIn(rest)).size).toBe(rest.length)
  })

  it('gets everything once and in order after an outage of Redis, what came later last', async () => {
    const heard: string[] = []
    await bed.startSender()
    await bed.startReceiver({
      apply: async (_tx, messages) => void heard.push(...messages.map(({ subject }) => subject)),
    })
    await bed.place('before')
    await until(() => heard.length === 1)
    await bed.redis.kill()
    await placeMany(3_000)
    await bed.redis.start()
    await placeMany(500, 3_000)

    await until(() => heard.length >= 3_501, { timeoutMs: 30_000 })
    expect(heard).toEqual(['before', ...idsOf(3_500)])
  })

  it('gets what waits when the disk was full as it was to go out', async () => {
    const { write } = bed.senderDb
    let undone = 0
    bed.senderDb.write = (work, how) =>
      write(async (tx) => {
        const waits = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE stamp = 0`
        const result = await work(tx)
        if (waits.length > 0 && ++undone <= 2) throw new Error('database or disk is full')
        return result
      }, how)
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await lengthOfList()) === 1)

    await bed.redis.client.del(queueKey('inventory'))
    await bed.startReceiver()

    await until(async () => (await bed.effects('o1')) === 1)
    expect(undone).toBeGreaterThan(2)
  })

  it('is full again after a FLUSHALL, with no more than it may hold', async () => {
    await bed.startSender()
    await placeMany(MORE_THAN_A_LIST_HOLDS)
    await until(async () => (await lengthOfList()) >= WINDOW)

    await bed.redis.client.flushall()

    await until(async () => (await lengthOfList()) >= WINDOW, { timeoutMs: 30_000 })
    const elements = subjectsIn((await bed.waiting()).toReversed())
    expect(elements.length).toBeLessThan(WINDOW + 2_000)
    expect(new Set(elements).size).toBe(elements.length)
  })
})
