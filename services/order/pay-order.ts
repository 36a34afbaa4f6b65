import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody, type Request } from '../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import { type OrderStory, orderStory } from './order-answer.ts'
import type { OrderLimits } from './order-limits.ts'
import { moneyHeaders, paymentRequest } from './order-request.ts'
import { whyNotPay } from './payable.ts'
import { readStory } from './read-order.ts'
import { noSuchOrder } from './show-order.ts'
import { claimKeys, type StoredKey, storedKeys } from './stored-keys.ts'
import { ordersToPay, recordTenders, type Tender } from './tenders.ts'

type Wanted = { orderId: string; method: string; key: Key | null }
type Verdict =
  | { kind: 'tendered' | 'replayed'; tender: number }
  | { kind: 'refused'; why: string }
  | { kind: 'key taken' }
  | { kind: 'unknown' }
type Deps = { publish: Publish<Client>; read: Client; limits: OrderLimits | null; log: Logger }

/**
 * `POST /api/orders/:id/pay`: a means of payment for an order that waits for one. Whether it comes in time is decided in
 * the transaction that writes it, as with a cancel: it and the end of the order's time see each other, in some order.
 */
export function payOrder({ publish, read, limits, log }: Deps): Endpoint {
  const pay = oneAtATime(groupCommit(publish, payAll))
  const admit = async (req: Request, orderId: string) => {
    const email = limits === null ? undefined : await emailOf(read, orderId)
    if (limits === null || email === undefined) return () => {}
    await limits.admitCard(req, email)
    return () => limits.tendered(req, email, orderId)
  }
  return {
    method: 'post',
    path: '/api/orders/:id/pay',
    what: 'Pay an order that waits for it, or try another card where one was declined',
    isOfOrder: true,
    headers: moneyHeaders,
    body: paymentRequest,
    answer: { status: 202, what: 'The order, with the payment under way', schema: orderStory },
    problems: [409, 429],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      const { method } = parseBody(paymentRequest, req.body)
      const tendered = await admit(req, orderId)
      const verdict = await pay({ orderId, method, key: readKey(req.get('idempotency-key'), { pay: orderId, method }) })
      if (verdict.kind === 'unknown') throw noSuchOrder()
      if (verdict.kind === 'key taken') throw keyTaken()
      if (verdict.kind === 'refused') throw new Problem(409, 'Conflict', verdict.why)
      const { kind, tender } = verdict
      if (kind === 'tendered') tendered()
      const story = await readStory(read, orderId)
      if (story === undefined) throw noSuchOrder()
      if (kind === 'tendered') log.info({ subject: orderId, order: story.number, tender }, 'order.tendered')
      res.status(202).json(asOfTender(story, tender))
    },
  }
}

async function emailOf(read: Client, id: string): Promise<string | undefined> {
  const [order] = await read.$queryRaw<
    { email: string }[]
  >`SELECT "customerEmail" AS email FROM "Order" WHERE id = ${id}`
  return order?.email
}

/** Two for one order in one group see each other, too. */
export async function payAll(tx: Client, group: Wanted[], emit: Emit): Promise<Verdict[]> {
  const now = Date.now()
  const stored = await storedKeys(
    tx,
    group.flatMap(({ key }) => key?.key ?? []),
  )
  const orders = await ordersToPay(
    tx,
    group.map(({ orderId }) => orderId),
  )
  const tenders: Tender[] = []
  const verdicts = group.map(({ orderId, method: paymentMethod, key }): Verdict => {
    const before = stored.get(key?.key ?? '')
    if (before !== undefined) return replayOf(before, key)
    const order = orders.get(orderId)
    if (order === undefined) return { kind: 'unknown' }
    const why = whyNotPay(order, now)
    if (why !== null) return { kind: 'refused', why }
    const { number, totalCents, currency, payBy } = order
    const tender = order.tender + 1
    orders.set(orderId, { ...order, tender, state: 'paying' })
    tenders.push({ orderId, tender, paymentMethod, key, at: now })
    const data = { number, totalCents, currency, tender, paymentMethod, payBy: payBy ?? now }
    emit({ name: 'order.tendered', subject: orderId, data })
    return { kind: 'tendered', tender }
  })
  await recordTenders(tx, tenders)
  await claimKeys(tx, tenders.flatMap(keyOf), now)
  return verdicts
}

/** What the key was used for; its answer is there for good. */
function replayOf({ fingerprint, answer }: StoredKey, key: Key | null): Verdict {
  return fingerprint === key?.fingerprint ? { kind: 'replayed', tender: Number(answer) } : { kind: 'key taken' }
}

function keyOf({ orderId, tender, key }: Tender): StoredKey[] {
  return key === null ? [] : [{ ...key, orderId, answer: String(tender) }]
}

/** The order as it was when this means of payment was taken, whatever has become of it meanwhile. */
function asOfTender(story: OrderStory, tender: number): OrderStory {
  const end = story.timeline.findIndex(({ event, detail }) => event === 'order.tendered' && detail?.tender === tender)
  const timeline = story.timeline.slice(0, end + 1)
  return { ...story, state: 'paying', challenge: null, refundedCents: 0, timeline }
}
