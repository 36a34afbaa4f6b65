import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { Outage } from '../../shared/events.ts'
import { queueKey, statusKey } from '../../shared/keys.ts'
import { pruneInbox } from '../../shared/protocol/horizon.ts'
import { createInHand } from '../../shared/protocol/in-hand.ts'
import { claim, INBOX_KEPT_MS, outcomesOf } from '../../shared/protocol/inbox.ts'
import { createOutbox } from '../../shared/protocol/outbox.ts'
import { deleteRows, waitingBetween } from '../../shared/protocol/outbox-rows.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { createSweep, STANDING_MS } from '../../shared/protocol/sweep.ts'
import { OUTBOX_MAX_AGE_MS } from '../../shared/protocol/verdict.ts'
import { type Queue, receiversOf } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

/** Something to wait at until the test opens it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

const isSettled = (orderId: string) => async () => (await bed.outboxRow(orderId)) === undefined

describe('a message', () => {
  it('takes effect once, and its outbox row and status field are gone afterwards', async () => {
    await bed.startSender()
    await bed.startReceiver()

    await bed.place('o1')

    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
    await until(async () => (await bed.redis.client.hlen(statusKey('inventory'))) === 0)
  })

  it('is acknowledged only after its commit has returned', async () => {
    await bed.startSender()
    const [applying, commit] = [gate(), gate()]
    await bed.startReceiver({
      apply: () => {
        applying.open()
        return commit.opened
      },
    })

    await bed.place('o1')
    await applying.opened
    const id = (await bed.outboxRow('o1'))?.id ?? ''
    expect(await bed.status(id)).toMatch(/^processing:/)

    commit.open()
    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
  })

  it('that comes again is acknowledged again with its stored outcome, and takes no second effect', async () => {
    await bed.startSender()
    await bed.place('o1')
    const [raw = ''] = await until(async () => (await bed.waiting()).length === 1 && bed.waiting())
    const { id } = JSON.parse(raw)
    await bed.startReceiver()
    await until(isSettled('o1'))

    await bed.pushRaw(raw, raw)

    await until(async () => (await bed.status(id)) === 'done')
    expect(await bed.effects('o1')).toBe(1)
  })

  it('that was given up is called dead again when it comes again', async () => {
    await bed.startReceiver()
    const raw = JSON.stringify({
      id: 'm-1',
      name: 'no.such',
      orderId: 'o1',
      at: 1,
      stamp: 1,
      attempt: 1,
      data: {},
    })
    await bed.pushRaw(raw)
    await until(async () => (await bed.status('m-1')) === 'dead')
    await bed.redis.client.hdel(statusKey('inventory'), 'm-1')

    await bed.pushRaw(raw)

    await until(async () => (await bed.status('m-1')) === 'dead')
  })

  it('copied to two workers of one service takes effect once, for they share one inbox', async () => {
    await bed.startSender()
    const orders = Array.from({ length: 200 }, (_, i) => `o${i}`)
    await bed.place(...orders)
    const raws = await until(async () => (await bed.waiting()).length === 200 && bed.waiting())
    await bed.pushRaw(...raws, ...raws)

    await Promise.all([bed.startReceiver(), bed.startReceiver()])

    await until(async () => (await bed.waiting()).length === 0)
    await until(async () => (await Promise.all(orders.map((id) => bed.outboxRow(id)))).every((row) => !row))
    expect(await Promise.all(orders.map((id) => bed.effects(id)))).toEqual(orders.map(() => 1))
  })

  it('in the hands of two workers at once takes effect once', async () => {
    await bed.startSender()
    await bed.place('o1')
    const [raw = ''] = await until(async () => (await bed.waiting()).length === 1 && bed.waiting())
    const inHand = new Set<string>()
    const letBothApply = gate()
    const holding = (worker: string) => ({
      prepare: () => {
        inHand.add(worker)
        return letBothApply.opened
      },
    })
    await bed.startReceiver(holding('one'))
    await until(() => inHand.size === 1)
    await bed.startReceiver(holding('two'))
    await until(async () => {
      if (inHand.size < 2) await bed.pushRaw(raw)
      return inHand.size === 2
    })

    letBothApply.open()

    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
  })

  it('keeps its row when it was sent anew since its word was read, as by another process of its sender', async () => {
    await bed.startSender()
    await bed.place('o1')
    await bed.stopSender()
    const read = await waitingBetween(
      bed.senderDb.read,
      'inventory',
      { stamp: -1, event: 0 },
      Number.MAX_SAFE_INTEGER,
      9,
    )
    await bed.senderDb.write((tx) => tx.outbox.updateMany({ data: { stamp: 1 } }))

    await bed.senderDb.write((tx) => deleteRows(tx, 'inventory', read))

    expect(read).toHaveLength(1)
    expect(await bed.outboxRow('o1')).toBeDefined()
  })

  it('keeps its row when a younger one is acknowledged: exactly the acknowledged ids are deleted', async () => {
    await bed.startSender()
    await bed.place('older')
    await bed.place('younger')
    const younger = await until(() => bed.outboxRow('younger'))
    await until(async () => (await bed.waiting()).length === 2)
    await bed.redis.client.rpop(queueKey('inventory'), 2) // a worker has popped both, and finished one
    await bed.redis.client.hset(statusKey('inventory'), younger.id, 'done')

    await until(isSettled('younger'))

    expect(await bed.outboxRow('older')).toBeDefined()
  })

  it('is pushed again by its sender after FLUSHALL, and takes effect once', async () => {
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)
    await bed.redis.client.flushall()

    await bed.startReceiver()

    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
  })

  it('placed while Redis is away is delivered when it is back', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.redis.kill()

    await bed.place('o1')
    expect((await bed.outboxRow('o1'))?.pushes).toBe(1)
    await bed.redis.start()

    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
  })

  it('reaches a worker whose blocked pop survived a restart of Redis', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.redis.kill()
    await bed.redis.start()

    await bed.place('o1')

    await until(isSettled('o1'))
  })
})

describe('what is published', () => {
  it('in a transaction that has to be repeated leaves once', async () => {
    const sent: string[] = []
    const send = async (elements: string[]) => void sent.push(...elements)
    const window = { isOpen: () => true, close: () => {}, send }
    const windowOf = (queue: Queue) => ({ ...window, ...(queue !== 'payment' && { send: async () => {} }) })
    const publish = createOutbox({ db: repeating(bed.senderDb), stamps: createStamps(), windowOf, onRows: () => {} })

    await publish(async (_tx, emit) => emit({ name: 'order.cancelled', subject: 'o1', data: { number: 'OL-1' } }))

    expect(await bed.senderDb.read.outbox.count()).toBe(receiversOf('order.cancelled').length)
    expect(sent).toHaveLength(1)
  })

  /** Lets each transaction fail at its end once, and repeats it, as a database does that others use too. */
  function repeating<Client>(db: Database<Client>): Database<Client> {
    const collision = new Error('somebody else was faster')
    const failing = (work: (tx: Client) => Promise<unknown>) =>
      db.write(async (tx) => {
        await work(tx)
        throw collision
      })
    return {
      ...db,
      write: async (work) => {
        await expect(failing(work)).rejects.toBe(collision)
        return db.write(work)
      },
    }
  }
})

describe('a retry', () => {
  it('carries a fresh stamp, so that its sender does not push copies of it', async () => {
    const sender = await bed.startSender()
    let failures = 0
    await bed.startReceiver({
      apply: async () => {
        if (failures++ < 3) throw new Error('not yet')
      },
    })

    await bed.place('o1')

    await until(isSettled('o1'))
    expect(await bed.effects('o1')).toBe(1)
    expect(sender.repushed()).toBe(0)
  })

  it('stamps its copy with the time of the push, not that of the first', async () => {
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)
    const first = await until(() => bed.outboxRow('o1'))
    const stamps: number[] = []
    await bed.startReceiver({
      prepare: async (message) => {
        stamps.push(message.stamp)
        if (stamps.length < 3) throw new Error('not yet')
      },
    })

    await until(isSettled('o1'))
    expect(stamps).toHaveLength(3)
    expect(stamps[0]).toBe(first.stamp)
    expect(stamps[1]).toBeGreaterThan(first.stamp)
    expect(stamps[2]).toBeGreaterThan(Number(stamps[1]))
  })

  it('of one message does not hold back the others of its batch', async () => {
    await bed.startSender()
    await bed.place('good', 'bad', 'fine')
    await bed.startReceiver({
      apply: async (_tx, messages) => {
        if (messages.some(({ subject }) => subject === 'bad')) throw new Error('bad')
      },
    })

    await until(isSettled('good'))
    await until(isSettled('fine'))

    expect(await bed.effects('bad')).toBe(0)
    expect(await bed.outboxRow('bad')).toBeDefined()
  })
})

describe('what a worker has in hand', () => {
  const raw = (id: string, more: object = {}) =>
    JSON.stringify({
      ...{ id, name: 'order.placed', orderId: id, at: Date.now(), stamp: Date.now(), attempt: 1 },
      ...{ data: ORDER, ...more },
    })
  const hasEffect = (orderId: string) => async () => (await bed.effects(orderId)) === 1

  it('is applied while another message waits for its retry', async () => {
    await bed.startReceiver({
      apply: async (_tx, messages) => {
        if (messages.some(({ subject }) => subject === 'bad')) throw new Outage('bad')
      },
    })
    await bed.pushRaw(raw('bad', { attempt: 20 }))
    await until(async () => (await bed.status('bad'))?.startsWith('retrying:21:'))

    await bed.pushRaw(raw('good'))
    await until(hasEffect('good'))

    expect(await bed.status('bad')).toMatch(/^retrying:21:/)
  })

  it('is applied, too, after one whose failure could not even be put into words', async () => {
    const unspeakable: unknown = Object.create(null) // cannot be made a string
    await bed.startReceiver({
      apply: async (_tx, messages) => {
        if (messages.some(({ subject }) => subject === 'bad')) throw unspeakable
      },
    })
    await bed.pushRaw(raw('bad'))
    await until(async () => (await bed.status('bad'))?.startsWith('retrying'))

    await bed.pushRaw(raw('good'))

    await until(hasEffect('good'))
  })

  it('is ended before a message is tried that went down with its worker', async () => {
    const slow = gate()
    const tried: string[] = []
    await bed.startReceiver({
      prepare: ({ subject: orderId }) => {
        tried.push(orderId)
        return orderId === 'slow' ? slow.opened : Promise.resolve()
      },
    })
    await bed.pushRaw(raw('slow'))
    await until(() => tried.includes('slow'))

    await bed.pushRaw(raw('risky', { solo: true }))
    await until(async () => (await bed.waiting()).length === 0)
    await delay(50) // nothing tells that something is not done
    expect(tried).toEqual(['slow'])

    slow.open()
    await until(hasEffect('risky'))
    expect(tried).toEqual(['slow', 'risky'])
  })

  it('is waited for, but not for ever', async () => {
    const inHand = createInHand(undefined, 50)
    inHand.take()
    inHand.take()
    inHand.putDown()
    const atLimit = performance.now() + 49
    await inHand.whenEmpty()
    expect(performance.now()).toBeGreaterThanOrEqual(atLimit)

    const empty = inHand.whenEmpty()
    inHand.putDown()
    await empty
    expect(inHand.count()).toBe(0)
  })
})

describe('a status field', () => {
  const old = uuidv7({ msecs: Date.now() - OUTBOX_MAX_AGE_MS - 1 })
  const wordsAbout = (...ids: string[]) => bed.redis.client.hmget(statusKey('inventory'), ...ids)

  it('is swept when it is older than any outbox row and has stood for an hour, and not before', async () => {
    const young = uuidv7()
    const { redis } = await bed.startReceiver()
    const sweep = createSweep(redis, 'inventory')
    await bed.redis.client.hset(statusKey('inventory'), old, 'done', young, 'done')

    await sweep(0)
    await sweep(STANDING_MS - 1)
    expect(await wordsAbout(old, young)).toEqual(['done', 'done']) // history's ids are old, and its rows are young

    await sweep(STANDING_MS)
    expect(await wordsAbout(old, young)).toEqual([null, 'done'])
  })

  it('that says something else by now begins its hour anew', async () => {
    const { redis } = await bed.startReceiver()
    const sweep = createSweep(redis, 'inventory')
    await bed.redis.client.hset(statusKey('inventory'), old, 'retrying:1:5000')
    await sweep(0)

    await bed.redis.client.hset(statusKey('inventory'), old, 'done')
    await sweep(STANDING_MS)
    expect(await wordsAbout(old)).toEqual(['done'])

    await sweep(2 * STANDING_MS)
    expect(await wordsAbout(old)).toEqual([null])
  })
})

describe('the inbox', () => {
  it('remembers longer than an outbox row may live', () => {
    expect(INBOX_KEPT_MS).toBeGreaterThan(OUTBOX_MAX_AGE_MS)
  })

  it('forgets only what is older than that', async () => {
    const now = Date.now()
    const [old, young] = [now - INBOX_KEPT_MS - 1, now - OUTBOX_MAX_AGE_MS]
    const [forgotten, kept] = [uuidv7({ msecs: old - 1 }), uuidv7({ msecs: young - 1 })]
    const replayed = uuidv7({ msecs: old - 2 }) // under its old id, not long ago
    await claimAll([forgotten, 'garbage', '-'], old)
    await claimAll([kept, replayed, 'rubbish'], young)

    expect(await bed.db.write((tx) => pruneInbox(tx, now, 10))).toBe(3)
    const left = await outcomesOf(bed.db.read, [forgotten, kept, replayed, 'garbage', '-', 'rubbish'])
    expect([...left.keys()].sort()).toEqual([replayed, kept, 'rubbish'])
  })

  it('forgets as much as there is to forget, however much that is', async () => {
    const old = Date.now() - INBOX_KEPT_MS - 60_000
    const ids = Array.from({ length: 12_000 }, () => uuidv7({ msecs: old }))
    await claimAll(ids, old)

    const pruning = startPruning('inbox.prune', bed.db, bed.health, pruneInbox)

    const isEmpty = async () => (await bed.db.read.inbox.count()) === 0
    await until(isEmpty).finally(pruning.stop)
  })

  const claimAll = (ids: string[], at: number) => bed.db.write((tx) => claim(tx, bed.db.read, ids, 'done', at))
})

describe('a message older than what the inbox remembers', () => {
  const idOf = (ageMs: number) => uuidv7({ msecs: Date.now() - ageMs })
  const raw = (id: string) =>
    JSON.stringify({ id, stamp: 1, name: 'order.placed', orderId: id, at: Date.now(), attempt: 1, data: ORDER })

  it('does not take effect, for it may have been handled: it is a dead letter', async () => {
    const [forgotten, late, fresh] = [idOf(INBOX_KEPT_MS + 2), idOf(INBOX_KEPT_MS + 1), uuidv7()]
    const now = Date.now()
    await bed.db.write((tx) => claim(tx, bed.db.read, [forgotten], 'done', now - INBOX_KEPT_MS - 1))
    await bed.db.write((tx) => pruneInbox(tx, now + 60_000, 10))
    await bed.startReceiver()

    await bed.pushRaw(raw(forgotten), raw(late), raw(fresh))

    await until(async () => (await bed.effects(fresh)) === 1)
    await until(async () => (await bed.status(late)) === 'dead')
    expect([await bed.effects(forgotten), await bed.effects(late)]).toEqual([0, 0])
  })

  it('takes effect where nothing was ever forgotten: the shop was closed', async () => {
    const late = idOf(INBOX_KEPT_MS + 1)
    await bed.startReceiver()

    await bed.pushRaw(raw(late))

    await until(async () => (await bed.effects(late)) === 1)
  })
})
