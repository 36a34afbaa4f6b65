import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import type { Sent } from '../../services/order/trace/find-sent.ts'
import type { LogLine } from '../../services/order/trace/hear-log.ts'
import type { Heard } from '../../services/order/trace/hear-receivers.ts'
import { tellHop } from '../../services/order/trace/tell-hop.ts'
import { traceAnswer } from '../../services/order/trace/trace-answer.ts'
import type { Status } from '../../shared/protocol/status.ts'
import type { Beat } from '../../shared/protocol/workers.ts'
import { withKey } from '../order-key.ts'
import { problemOf, results, tell, useOrders, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const AT = 1_795_000_000_000
const ID = '019c1111-0000-7000-8000-000000000001'
const sent: Sent = { messageId: ID, event: 'stock.reserved', from: 'inventory', to: 'payment', sentAt: AT }
const worker = 'payment-1-a'

const line = (parts: Partial<LogLine>): LogLine => ({ time: AT, service: 'payment', msg: 'x', messageId: ID, ...parts })
const done = (afterMs: number, heldMs: number) =>
  line({ time: AT + afterMs, msg: 'payment.captured', ms: afterMs, heldMs, attempt: 1 })
const failed = (afterMs: number, attempt: number, delayMs: number) =>
  line({ time: AT + afterMs, msg: 'retrying', attempt, delayMs, heldMs: 5, isOutage: true })

/** What payment has on disk, says in Redis, and who works there. */
function heard({
  word = null,
  live = [worker],
  pausedAt,
  at = null,
}: {
  word?: Status | null
  live?: string[]
  pausedAt?: number
  at?: number | null
}): Heard {
  const beat: Beat = {
    ...{ host: 'h', pid: 1, at: AT, startedAt: AT, incarnation: 0, handled: 0, retried: 0, buried: 0, inFlight: 0 },
    url: null,
    ...(pausedAt !== undefined && { pausedAt }),
  }
  const handled = new Map(at === null ? [] : [[ID, { id: ID, outcome: 'done' as const, at }]])
  return { handled, queue: { words: new Map([[ID, word]]), live: new Map(live.map((id) => [id, beat])) } }
}

describe('what became of a message', () => {
  it('is how long it waited, and how long it was worked on, by the log of its receiver', () => {
    const hop = tellHop(sent, [done(70, 60)], heard({ at: AT + 69 }), AT + 500)

    expect(hop).toMatchObject({
      beganAt: AT + 10,
      doneAt: AT + 70,
      outcome: 'done',
      failures: [],
      copiesAt: [],
      waits: null,
    })
  })

  it('is known from the disk of its receiver where the log is away, but for when it was taken in hand', () => {
    const hop = tellHop(sent, null, heard({ at: AT + 69 }), AT + 500)

    expect(hop).toMatchObject({ beganAt: null, doneAt: AT + 69, outcome: 'done' })
  })

  it('tells of failed attempts, and of what came twice', () => {
    const again = line({ time: AT + 900, msg: 'message.again' })
    const hop = tellHop(sent, [failed(20, 1, 100), done(160, 30), again], heard({ at: AT + 159 }), AT + 1_000)

    expect(hop.failures).toEqual([{ beganAt: AT + 15, failedAt: AT + 20 }])
    expect(hop.copiesAt).toEqual([AT + 900])
  })

  it('takes no line of another service, or about another message, for its own', () => {
    const others = [
      { ...done(70, 60), service: 'order' },
      { ...done(70, 60), messageId: 'another' },
    ]

    expect(tellHop(sent, others, heard({}), AT + 500)).toMatchObject({ outcome: null, doneAt: null })
  })
})

describe('what a message waits for', () => {
  const waits = (parts: Parameters<typeof heard>[0], log: LogLine[] = [], afterMs = 14_000) =>
    tellHop(sent, log, heard(parts), AT + afterMs).waits

  it('is its turn, whoever has paused its queue, or a worker', () => {
    expect(waits({})).toMatchObject({ is: 'queued', sinceMs: 14_000, attempt: null })
    expect(waits({ pausedAt: AT })).toMatchObject({ is: 'paused', sinceMs: 14_000 })
    expect(waits({ live: [] })).toMatchObject({ is: 'unmanned', sinceMs: 14_000 })
  })

  it('is the end of the work on it, unless its worker has gone', () => {
    const word = { state: 'processing', worker, since: AT + 12_000 } as const

    expect(waits({ word })).toMatchObject({ is: 'working', sinceMs: 2_000 })
    expect(waits({ word, live: ['payment-2-b'] })).toMatchObject({ is: 'queued' })
  })

  it('is the next attempt, as the log tells it or, before that has the line, as Redis does', () => {
    const word = { state: 'retrying', attempt: 7, delayMs: 9_000 } as const

    const told = waits({ word }, [failed(10_000, 6, 7_000)])
    expect(told).toMatchObject({ is: 'retrying', attempt: 6, nextInMs: 3_000, isOutage: true })
    expect(waits({ word })).toMatchObject({ is: 'retrying', attempt: 6, nextInMs: 9_000, isOutage: false })
  })

  it('is Redis, while nobody knows anything of its queue', () => {
    const hop = tellHop(sent, null, { handled: null, queue: null }, AT + 3_000)

    expect(hop.waits).toMatchObject({ is: 'stored', sinceMs: 3_000 })
  })
})

describe('the trace of an order without Redis', () => {
  const orders = useOrders()

  it('shows who is to hear of it, and that it waits on disk', async () => {
    const id = await orders.place()

    const answer = await orders.get(`/api/orders/${id}/trace`, withKey(id))

    const { services, hops, isLogHere } = traceAnswer.parse(await answer.json())
    expect(services).toEqual(['order', 'inventory', 'notification'])
    expect(hops.map(({ event, from, to }) => [event, from, to])).toEqual([
      ['order.placed', 'order', 'inventory'],
      ['order.placed', 'order', 'notification'],
    ])
    expect(hops.map(({ waits }) => waits?.is)).toEqual(['stored', 'stored'])
    expect(isLogHere).toBe(false)
  })

  it('is shown to nobody without its key', async () => {
    const id = await orders.place()

    expect((await problemOf(await orders.get(`/api/orders/${id}/trace`))).status).toBe(404)
  })
})

describe('the trace of an order', () => {
  const orders = useOrdersWithRedis()
  const traceOf = async (id: string) =>
    traceAnswer.parse(await (await orders.get(`/api/orders/${id}/trace`, withKey(id))).json())

  it('has what others tell, each with all who hear it, and knows what order itself has heard', async () => {
    const id = await orders.place()
    await tell(orders.redis, results.reserved(id))
    await until(async () => (await orders.events(id)).includes('stock.reserved'))

    await until(async () => (await traceOf(id)).hops.length === 4)
    const { services, hops, silent } = await traceOf(id)
    expect(services).toEqual(['order', 'inventory', 'payment', 'notification'])
    const heard = hops.filter(({ event }) => event === 'stock.reserved')
    expect(heard.map(({ to, outcome, waits }) => [to, outcome, waits?.is])).toEqual([
      ['payment', null, 'unmanned'],
      ['order', 'done', undefined],
    ])
    expect(silent.sort()).toEqual(['inventory', 'notification', 'payment'])
  })

  it('has what order tells later, too', async () => {
    const id = await orders.place()
    await orders.cancel(id)

    await until(async () => (await traceOf(id)).hops.some(({ event }) => event === 'order.cancelled'))
    const { hops } = await traceOf(id)
    expect(hops.filter(({ event }) => event === 'order.cancelled').map(({ to }) => to)).toEqual([
      ...['inventory', 'payment', 'notification'],
    ])
  })

  it('begins with the sale that has let its customer in', async () => {
    const id = uuidv7()
    const customer = { name: 'Ada', email: 'ada@example.com' }
    const terms = { sale: 's-1', sku: 'MUG-001', unitPriceCents: 500, currency: 'EUR', payWithinMs: 60_000 }
    await tell(orders.redis, { name: 'entry.admitted', subject: id, data: { ...terms, customer, language: 'en' } })
    await until(async () => (await orders.get(`/api/orders/${id}`, withKey(id))).status === 200)
    await tell(orders.redis, results.captured(id))

    await until(async () => (await traceOf(id)).hops.some(({ to }) => to === 'sale'))
    const told = (await traceOf(id)).hops.map(({ event, to }) => `${event} ${to}`)
    expect(told).toEqual([
      'entry.admitted order',
      ...['order.placed inventory', 'order.placed notification'],
      ...['payment.captured order', 'payment.captured notification', 'order.paidInSale sale'],
    ])
  })
})
