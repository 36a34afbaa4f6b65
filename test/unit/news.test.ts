import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Emitted, Unfixable } from '../../shared/events.ts'
import { queueKey, statusKey } from '../../shared/keys.ts'
import { openLetters, replay } from '../../shared/protocol/dead-letters.ts'
import { tellBuried, tellDiscarded, tellReplayed } from '../../shared/protocol/news.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
  await bed.startSender()
})
afterEach(() => bed.close())

/** What waits in order's list, to which nobody listens here. */
const news = async () =>
  (await bed.redis.client.lrange(queueKey('order'), 0, -1)).map((raw) => JSON.parse(raw)).reverse()

const refusing = () =>
  bed.startReceiver({
    prepare: async () => {
      throw new Unfixable('the shelf has fallen down')
    },
  })

describe('an order', () => {
  it('hears that a message of it was given up, by whom and why, and that it was sent again', async () => {
    const { producer } = await refusing()
    await bed.place('o1')

    const [buried] = await until(async () => (await news()).length === 1 && news())
    const [letter] = await openLetters(bed.db.read, 1)
    const about = { number: 'OL-1', letter: letter?.id, event: 'order.placed', to: 'inventory', by: 'inventory' }
    expect(buried).toMatchObject({ name: 'message.buried', subject: 'o1' })
    expect(buried.data).toEqual({ ...about, reason: 'the shelf has fallen down' })

    await producer.publish(async (tx, emit) => {
      for (const one of await replay(tx, Date.now())) tellReplayed(one.letter, 'inventory', emit)
    })
    const [, replayed] = await until(async () => (await news()).length >= 2 && news())
    expect([replayed.name, replayed.data]).toEqual(['message.replayed', about])
  })

  it('hears of it once, however often the message comes', async () => {
    await refusing()
    await bed.place('o1')
    await until(async () => (await news()).length === 1)
    const [letter] = await openLetters(bed.db.read, 1)

    const again = JSON.stringify({
      id: letter?.id,
      stamp: 1,
      name: 'order.placed',
      subject: 'o1',
      at: 1,
      attempt: 1,
      data: ORDER,
    })
    await bed.pushRaw(again, again)
    await bed.place('o2')

    await until(async () => (await news()).some(({ subject }) => subject === 'o2'))
    expect((await news()).map(({ subject }) => subject)).toEqual(['o1', 'o2'])
  })

  it('hears nothing of what is no message', async () => {
    await refusing()
    await bed.pushRaw('garbage', JSON.stringify({ id: 'x', name: 'order.placed', subject: 'o9', data: {} }))
    await until(async () => (await openLetters(bed.db.read, 5)).length === 2)
    await bed.place('o1')

    await until(async () => (await news()).length > 0)
    expect((await news()).map(({ subject }) => subject)).toEqual(['o1'])
  })

  it('hears it from the sender where the receiver never spoke', async () => {
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)
    const row = await until(() => bed.outboxRow('o1'))
    const dead = 5 // times down with its worker; once more, and it is given up
    await bed.senderDb.write((tx) =>
      tx.outbox.updateMany({ where: { event: row.event, queue: 'inventory' }, data: { crashes: dead } }),
    )
    await bed.redis.client.del(queueKey('inventory'))
    await bed.startReceiver({ prepare: () => new Promise(() => {}) })
    await bed.redis.client.hset(statusKey('inventory'), row.id, 'processing:gone:1')

    const [buried] = await until(async () => (await news()).length === 1 && news(), { timeoutMs: 15_000 })
    expect(buried.data).toMatchObject({
      event: 'order.placed',
      to: 'inventory',
      by: 'order',
      reason: expect.stringContaining('6 times'),
    })
    expect(await bed.outboxRow('o1')).toBeUndefined()
  })
})

const common = {
  id: 'l',
  queue: 'order',
  subject: 'o1',
  reason: 'x',
  at: 1,
  replayId: null,
  ...{ replayedAt: null, discardedAt: null, closedBy: null, closedWhy: null, editedBody: null },
} as const

describe('what the gateway told, and is given up', () => {
  it('is told to its order, for money may hang on it', () => {
    const emitted: Emitted[] = []
    const data = { number: 'OL-1', told: 'evt_1', type: 'charge.refunded', object: 'ch_1' }
    const body = JSON.stringify({ name: 'gateway.told', subject: 'o1', at: 1, data })

    tellBuried({ ...common, queue: 'payment', name: 'gateway.told', body }, 'payment', (event) => emitted.push(event))

    const about = { number: 'OL-1', letter: 'l', event: 'gateway.told', to: 'payment', by: 'payment', reason: 'x' }
    expect(emitted).toEqual([{ name: 'message.buried', subject: 'o1', data: about }])
  })
})

describe('a message that was put away', () => {
  it('is told to its order, with the reason that somebody gave', () => {
    const emitted: Emitted[] = []
    const body = JSON.stringify({ name: 'order.placed', subject: 'o1', at: 1, data: ORDER })

    tellDiscarded({ ...common, name: 'order.placed', body }, 'order', 'the customer was called', (event) =>
      emitted.push(event),
    )

    const about = { number: 'OL-1', letter: 'l', event: 'order.placed', to: 'order', by: 'order' }
    expect(emitted).toEqual([
      { name: 'message.discarded', subject: 'o1', data: { ...about, reason: 'the customer was called' } },
    ])
  })
})

describe('news that is given up itself', () => {
  it('makes no news, or it would go round for ever', () => {
    const emitted: unknown[] = []
    const body = JSON.stringify({ name: 'message.buried', orderId: 'o1', at: 1, data: { number: 'OL-1' } })

    tellBuried({ ...common, name: 'message.buried', body }, 'order', (event) => emitted.push(event))
    tellReplayed({ ...common, name: 'message.replayed', body }, 'order', (event) => emitted.push(event))

    expect(emitted).toEqual([])
  })
})

describe('lines of the log that were given up', () => {
  it('are nothing to an order', () => {
    const emitted: unknown[] = []
    const data = { file: 'order.log', inode: '1.1', from: 0, to: 3, lines: 'x' }
    const body = JSON.stringify({ name: 'log.collected', subject: 'logs', at: 1, data })

    tellBuried({ ...common, queue: 'logs', name: 'log.collected', body }, 'logs', (event) => emitted.push(event))

    expect(emitted).toEqual([])
  })
})
