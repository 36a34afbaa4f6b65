import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readConfig } from '../../shared/config.ts'
import { queueKey } from '../../shared/keys.ts'
import { type Queue, SHARDS_MAX, shardsOf } from '../../shared/routes.ts'
import { shardFor } from '../../shared/shards.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { settledShards } from '../shards-rig.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const FOUR = { inventory: 4 }
const orders = (count: number) => Array.from({ length: count }, (_, i) => `o${i}`)
const onceEach = (ids: string[]) => new Map(ids.map((id) => [id, 1]))
const lengthsOf = (count: number) =>
  Promise.all(shardsOf('inventory', count).map((list) => redis.client.llen(queueKey(list))))
const startSender = (inventory: number) => bed.startSender(undefined, { inventory })

describe('the shards of a list', () => {
  it('have all that is about one subject in the same of them, and about as much each', () => {
    const counts = new Map<Queue, number>()
    for (const id of orders(8_000)) {
      const list = shardFor('inventory', id, FOUR)
      expect(shardFor('inventory', id, FOUR)).toBe(list)
      counts.set(list, (counts.get(list) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(['inventory', 'inventory.1', 'inventory.2', 'inventory.3'])
    for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  })

  it('are one where nothing is said, and lanes have none', () => {
    expect(orders(100).map((id) => shardFor('inventory', id, {}))).toEqual(orders(100).map(() => 'inventory'))
    expect(orders(9).map((id) => shardFor('inventory:urgent', id, FOUR))).toEqual(
      orders(9).map(() => 'inventory:urgent'),
    )
  })

  it('are all popped from, what is about one order in its order, and no row or word is left', async () => {
    const { publish } = await startSender(4)
    for (let round = 0; round < 20; round++)
      await publish(async (_tx, emit) => {
        for (const subject of orders(40))
          emit({ name: 'order.placed', subject, data: { ...ORDER, number: `OL-${round}` } })
      })
    await until(async () => (await lengthsOf(4)).every((length) => length > 100))
    const handled = new Map<string, string[]>()
    await bed.startReceiver({
      shards: FOUR,
      apply: async (_tx, messages) => {
        for (const { subject, data } of messages) handled.set(subject, [...(handled.get(subject) ?? []), data.number])
      },
    })

    const effects = await settledShards(bed)

    expect(effects).toEqual(new Map(orders(40).map((id) => [id, 20])))
    const inOrder = Array.from({ length: 20 }, (_, round) => `OL-${round}`)
    for (const id of orders(40)) expect(handled.get(id)).toEqual(inOrder)
  })

  it('share the way out of their worker', async () => {
    await startSender(4)
    await bed.place(...orders(80))
    const underWay = { now: 0, most: 0 }
    await bed.startReceiver({
      shards: FOUR,
      limits: { atOnce: 2, isFixed: true },
      prepare: (_message, outside) =>
        outside(async () => {
          underWay.most = Math.max(underWay.most, ++underWay.now)
          await new Promise((resolve) => setTimeout(resolve, 5))
          underWay.now--
        }),
    })

    expect(await settledShards(bed)).toEqual(onceEach(orders(80)))
    expect(underWay.most).toBe(2)
  })

  it('have a message again that failed in them, and its sender pushes no copy', async () => {
    const sender = await startSender(4)
    const failed = new Set<string>()
    await bed.startReceiver({
      shards: FOUR,
      prepare: async ({ subject }) => {
        if (failed.has(subject)) return
        failed.add(subject)
        throw new Error('the first time')
      },
    })
    await bed.place(...orders(40))

    expect(await settledShards(bed)).toEqual(onceEach(orders(40)))
    expect(sender.repushed()).toBe(0)
  })
})

describe('the number of shards', () => {
  it('may be greater for the sender than for the receiver', async () => {
    await bed.startReceiver()
    await startSender(SHARDS_MAX)
    await bed.place(...orders(200))

    expect(await settledShards(bed)).toEqual(onceEach(orders(200)))
  })

  it('may be smaller for the sender', async () => {
    await bed.startReceiver({ shards: { inventory: SHARDS_MAX } })
    await startSender(1)
    await bed.place(...orders(200))

    expect(await settledShards(bed)).toEqual(onceEach(orders(200)))
  })

  it('may become less while messages wait in all of them, though Redis forgets them', async () => {
    await startSender(4)
    await bed.place(...orders(200))
    await until(async () => (await lengthsOf(4)).every((length) => length > 0))
    await bed.stopSender()
    await redis.client.flushall()

    await startSender(1)
    await bed.startReceiver()

    expect(await settledShards(bed)).toEqual(onceEach(orders(200)))
  })

  it('is read from SHARDS', () => {
    expect(readConfig({ SHARDS: 'inventory:4, payment:2' }).SHARDS).toEqual({ inventory: 4, payment: 2 })
    expect(readConfig({ SHARDS: '' }).SHARDS).toEqual({})
  })

  it.each([
    '4',
    'inventory',
    'inventory:0',
    'inventory:9',
    'stock:2',
    'logs:2',
    'inventory:2,inventory:4',
    'inventory:2,',
  ])('is refused at the start where it is %j', (SHARDS) => {
    expect(() => readConfig({ SHARDS })).toThrow(/SHARDS: must be like inventory:4,payment:2, .*; not /)
  })
})
