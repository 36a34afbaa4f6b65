import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { State } from '../../shared/states.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { invalid } from '../../shared/web/problem.ts'
import type { Client } from './db.ts'
import { idOf } from './order-door.ts'
import { moneyHeaders } from './order-request.ts'
import { type Asked, readAsked, refundsOf } from './refunds.ts'
import { noSuchOrder } from './show-order.ts'
import { claimKeys, type StoredKey, storedKeys } from './stored-keys.ts'
import { ordersToPay, type ToPay } from './tenders.ts'
import { type Entry, record } from './timeline.ts'

const body = z.object({
  amountCents: z.int().min(1).optional().describe('All that is left, if it is not said'),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Stands in the timeline, where the customer can read it'),
})

const answer = z.object({
  id: z.string().describe('What the refund is called until the gateway gives it a name'),
  amountCents: z.int(),
  currency: z.string(),
  leftCents: z.int().describe('What can still be refunded of the order, once this is'),
})

type Wanted = { orderId: string; key: Key | null } & z.infer<typeof body>
type Verdict =
  | { kind: 'asked'; asked: Asked; order: ToPay }
  | { kind: 'replayed'; asked: string; order: ToPay }
  | { kind: 'too much'; leftCents: number }
  | { kind: 'refused'; why: string }
  | { kind: 'key taken' }
  | { kind: 'unknown' }
type Deps = { publish: Publish<Client>; read: Client; log: Logger }

/**
 * `POST /api/admin/orders/:id/refunds`: gives back what was paid, or a part. What is left is decided in the transaction
 * that asks for it, and what was asked for and has no answer yet counts as gone. A refund that has failed can be asked for again.
 */
export function refundOrder({ publish, read, log }: Deps): Endpoint {
  const refund = oneAtATime(groupCommit(publish, refundAll))
  return {
    method: 'post',
    path: '/api/admin/orders/:id/refunds',
    what: 'Refund a paid order, or a part of it',
    isAdmin: true,
    headers: moneyHeaders,
    body,
    answer: { status: 202, what: 'The refund is on its way', schema: answer },
    problems: [404, 409],
    serve: async (req, res) => {
      const orderId = await idOf(read, String(req.params.id))
      const wanted = parseBody(body, req.body)
      const key = readKey(req.get('idempotency-key'), { refund: orderId, ...wanted })
      const verdict = await refund({ orderId, key, ...wanted })
      if (verdict.kind === 'unknown') throw noSuchOrder()
      if (verdict.kind === 'key taken') throw keyTaken()
      if (verdict.kind === 'refused') throw new Problem(409, 'Conflict', verdict.why)
      if (verdict.kind === 'too much') throw tooMuch(verdict.leftCents)
      const { kind, order } = verdict
      const asked = kind === 'asked' ? verdict.asked : await readAsked(read, orderId, verdict.asked)
      if (kind === 'asked') log.info({ subject: orderId, order: order.number, ...asked }, 'order.refundAsked')
      const { asked: id, cents: amountCents, leftCents } = asked
      res.status(202).json({ id, amountCents, currency: order.currency, leftCents } satisfies z.infer<typeof answer>)
    },
  }
}

async function refundAll(tx: Client, group: Wanted[], emit: Emit): Promise<Verdict[]> {
  const ids = group.map(({ orderId }) => orderId)
  const keys = group.flatMap(({ key }) => key?.key ?? [])
  const [stored, orders, refunds] = [await storedKeys(tx, keys), await ordersToPay(tx, ids), await refundsOf(tx, ids)]
  const entries: Entry[] = []
  const used: StoredKey[] = []
  const now = Date.now()
  const verdicts = group.map(({ orderId, key, amountCents, reason }): Verdict => {
    const order = orders.get(orderId)
    const money = refunds.get(orderId)
    if (order === undefined || money === undefined) return { kind: 'unknown' }
    const before = stored.get(key?.key ?? '')
    if (before !== undefined) return replayOf(before, key, order)
    if (order.state !== 'paid' && order.state !== 'refunded') return { kind: 'refused', why: notPaid(order) }
    const restCents = order.totalCents - money.refundedCents - money.askedCents
    if (restCents <= 0)
      return { kind: 'refused', why: 'All that was paid for this order has been refunded, or is asked to be.' }
    const cents = amountCents ?? restCents
    if (cents > restCents) return { kind: 'too much', leftCents: restCents }
    money.askedCents += cents // for whoever asks twice in one group
    const asked: Asked = { asked: newId(), cents, leftCents: restCents - cents }
    entries.push(entryOf(orderId, order.state, { ...asked, ...(reason !== undefined && { reason }) }, now))
    if (key !== null) used.push({ ...key, orderId, answer: asked.asked })
    const { number, currency } = order
    emit({ name: 'order.refundAsked', subject: orderId, data: { number, asked: asked.asked, cents, currency } })
    return { kind: 'asked', asked, order }
  })
  await record(tx, entries)
  await claimKeys(tx, used, now)
  return verdicts
}

function replayOf({ fingerprint, answer: asked }: StoredKey, key: Key | null, order: ToPay): Verdict {
  return fingerprint === key?.fingerprint && asked !== null ? { kind: 'replayed', asked, order } : { kind: 'key taken' }
}

function notPaid({ state }: ToPay): string {
  return `An order that is ${state} has nothing to refund: only what is paid can be. A cancelled one is refunded by itself.`
}

function entryOf(orderId: string, state: State, detail: object, at: number): Entry {
  const told = { messageId: null, attempt: null, detail }
  return { orderId, event: 'order.refundAsked', service: 'order', state, at, ...told }
}

function tooMuch(leftCents: number): Problem {
  return invalid([{ field: 'amountCents', message: `must be at most ${leftCents}, which is what is left` }])
}
