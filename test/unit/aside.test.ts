import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { type Client, openNotification } from '../../services/notification/db.ts'
import { versionOf } from '../../shared/event-versions.ts'
import { Busy } from '../../shared/events.ts'
import type { Handler, Handlers, Outside } from '../../shared/handler.ts'
import { createHealth } from '../../shared/health.ts'
import { queueKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { writeEnvelope } from '../../shared/protocol/envelope.ts'
import { type Pipeline, startPipeline } from '../../shared/protocol/pipeline.ts'
import { allWorkers, BEAT_MS } from '../../shared/protocol/workers.ts'
import { type EventName, queueTo } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { whenReady } from '../../shared/store/redis.ts'
import { samples } from '../event-samples.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const MANY = 200 // more than may be on their way at once
const WHILE_MS = 400 // in which something would have happened

const redis = useRedis()
let folder: string
let db: Database<Client>
let pipeline: Pipeline<Client>
let ways: Record<'mails' | 'sms', Way>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-aside-'))
  db = await openNotification(folder)
  ways = { mails: createWay(), sms: createWay() }
  pipeline = await startWith({})
})
afterEach(async () => {
  for (const way of Object.values(ways)) way.open()
  await pipeline.stop()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

type Paces = Pick<Parameters<typeof startPipeline<'notification', Client>>[0], 'outside' | 'aside'>

/** One more worker of notification, on the same file. */
async function startWith(paces: Paces): Promise<Pipeline<Client>> {
  const health = createHealth(createLogger('notification', 'silent'))
  const parts = {
    service: 'notification',
    address: redis.address,
    db,
    health,
    handlers: () => handlersBy(ways),
  } as const
  const started = await startPipeline({ ...parts, ...paces })
  await whenReady(started.redis)
  return started
}

describe('two workers of which only SMS have a pace', () => {
  const PACES = { outside: { perSecond: undefined }, aside: { perSecond: 10 } }
  const MAY_BE_HELD = 5 * 10 // what all of them together can do in five seconds

  it('share it', async () => {
    await pipeline.stop()
    pipeline = await startWith(PACES)
    const other = await startWith(PACES)
    try {
      const together = Date.now()
      const beatOf = async () => [...(await allWorkers(redis.client, 'notification')).values()].map(({ at }) => at)
      const know = async () => (await beatOf()).filter((at) => at > together + 3 * BEAT_MS).length === 2 // each looks after its beat
      await until(know, { what: 'both to have seen each other' })
      ways.sms.freeze()

      await put('sms.due', MANY)

      const held = () => [pipeline, other].reduce((sum, { worker }) => sum + worker.state().inFlight, 0)
      await until(() => held() > 0.8 * MAY_BE_HELD)
      await delay(WHILE_MS)
      expect(held()).toBeLessThanOrEqual(MAY_BE_HELD)
    } finally {
      ways.sms.open()
      await other.stop()
    }
  })
})

describe('a worker with a list aside', () => {
  it('sends SMS at once while no mail gets out', async () => {
    ways.mails.freeze()
    await put('customer.registered', MANY)
    await until(() => ways.mails.underWay() > 0, { what: 'mails under way' })

    await put('customer.phoneAdded', MANY)

    await until(async () => (await handled()) === MANY, { timeoutMs: 3_000, what: 'all SMS' })
    expect(ways.mails.sent()).toBe(0)
  })

  it('sends mails at once while no SMS gets out', async () => {
    ways.sms.freeze()
    await put('sms.due', MANY)
    await until(() => ways.sms.underWay() > 0, { what: 'SMS under way' })

    await put('order.placed', MANY)

    await until(async () => (await handled()) === MANY, { timeoutMs: 3_000, what: 'all mails' })
    expect(ways.sms.sent()).toBe(0)
  })

  it('leaves the way open that has not asked to be left alone', async () => {
    ways.sms.refuse(new Busy('too many', 60_000))
    await put('sms.due', MANY)
    await until(() => ways.sms.refused() > 0)

    await put('customer.registered', MANY)

    await until(async () => (await handled()) === MANY, { timeoutMs: 3_000, what: 'all mails' })
    expect(ways.sms.sent()).toBe(0)
  })

  it('tells of both hands what it holds', async () => {
    for (const way of Object.values(ways)) way.freeze()
    await put('customer.registered', 3)
    await put('customer.phoneAdded', 4)

    await until(() => pipeline.worker.state().inFlight === 7)
    for (const way of Object.values(ways)) way.open()

    await until(() => pipeline.worker.state().handled === 7)
    expect(pipeline.worker.state().inFlight).toBe(0)
  })
})

describe('a message that has taken its worker down', () => {
  it('waits until both hands are empty, and nothing else is begun until it is done', async () => {
    ways.sms.freeze()
    await put('customer.phoneAdded', 1)
    await until(() => ways.sms.underWay() === 1)
    ways.mails.freeze()

    await put('customer.registered', 1, { solo: true })
    await delay(WHILE_MS)
    expect(ways.mails.underWay()).toBe(0) // for an SMS is in the other hand

    ways.sms.open()
    await until(() => ways.mails.underWay() === 1, { what: 'its turn' })
    await put('customer.phoneAdded', 1)
    await put('order.placed', 1)
    await delay(WHILE_MS)
    expect([ways.sms.begun(), ways.mails.begun()]).toEqual([1, 1])

    ways.mails.open()
    await until(async () => (await handled()) === 4, { what: 'all of them' })
  })
})

type Way = ReturnType<typeof createWay>

/** What stands for a mail server or an SMS gateway. */
function createWay() {
  let gate = Promise.resolve()
  let openGate = () => {}
  let refusal: Error | null = null
  const counts = { begun: 0, sent: 0, refused: 0 }
  return {
    begun: () => counts.begun,
    sent: () => counts.sent,
    refused: () => counts.refused,
    underWay: () => counts.begun - counts.sent - counts.refused,
    freeze: () => {
      gate = new Promise((open) => {
        openGate = open
      })
    },
    refuse: (error: Error) => {
      refusal = error
    },
    open: () => openGate(),
    pass: async () => {
      counts.begun++
      await gate
      if (refusal !== null) {
        counts.refused++
        throw refusal
      }
      counts.sent++
    },
  }
}

/** Each event goes out by the way of its list. */
function handlersBy({ mails, sms }: typeof ways): Handlers<'notification', Client> {
  const by = (way: Way): Handler<EventName, Client> => ({
    prepare: async (_message: unknown, outside: Outside) => void (await outside(way.pass)),
    apply: async () => {},
  })
  return {
    ...{ 'order.placed': by(mails), 'stock.rejected': by(mails), 'payment.captured': by(mails) },
    ...{ 'payment.declined': by(mails), 'payment.refunded': by(mails), 'order.expired': by(mails) },
    ...{ 'order.cancelled': by(mails), 'customer.registered': by(mails), 'customer.linkAsked': by(mails) },
    ...{ 'customer.preferred': by(mails), 'customer.deleted': by(mails), 'sms.failed': by(mails) },
    ...{ 'alert.asked': by(mails), 'alert.due': by(mails), 'stock.back': by(mails), 'price.changed': by(mails) },
    ...{ 'customer.phoneAdded': by(sms), 'sms.due': by(sms) },
  }
}

/** As a sender would push them, into the list that the table names. */
async function put(name: EventName, count: number, more: object = {}): Promise<void> {
  const about = { name, v: versionOf(name), attempt: 1, stamp: Date.now(), at: Date.now(), ...more }
  const data = JSON.stringify(samples[name])
  const elements = Array.from({ length: count }, () =>
    writeEnvelope({ ...about, id: uuidv7(), subject: uuidv7() }, data),
  )
  await redis.client.lpush(queueKey(queueTo('notification', name)), ...elements)
}

const handled = () => db.read.inbox.count()
