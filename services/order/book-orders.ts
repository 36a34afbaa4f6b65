import type { Emit } from '../../shared/handler.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import { type Draft, insertOrders, type Numbered } from './insert-orders.ts'
import type { OrderAnswer } from './order-answer.ts'
import { readOrders } from './read-order.ts'
import { claimKeys, storedKeys } from './stored-keys.ts'

/** `expectedPaidInMs` is what its customer is told; null: nothing. */
export type Wanted = {
  draft: Draft
  key: Key | null
  traceparent: string | undefined
  expectedPaidInMs?: number | null
}
/** `replayed` is the answer that was given when the key was new. */
export type Booked =
  | { kind: 'placed' | 'replayed'; order: OrderAnswer; expectedPaidInMs: number | null }
  | { kind: 'key taken' }

/**
 * Books a group of orders in one transaction and emits `order.placed` for each. An order whose key stands for
 * an earlier one is not booked: that one is the answer, if it was asked for in the same words.
 */
export async function bookOrders(tx: Client, group: Wanted[], emit: Emit): Promise<Booked[]> {
  const now = Date.now()
  const late = await repetitions(tx, group, now)
  const fresh = group.filter((wanted) => !late.has(wanted))
  const drafts = fresh.map(({ draft }) => draft)
  const orders = await insertOrders(tx, drafts, now)
  for (const [i, order] of orders.entries()) emitPlaced(order, fresh[i]?.traceparent, emit)
  const placed = orders.map((order, i): Booked => {
    return { kind: 'placed', order: answerOf(order), expectedPaidInMs: fresh[i]?.expectedPaidInMs ?? null }
  })
  if (late.size === 0) return placed
  const answers = new Map([...drafts.map(({ id }, i) => [id, placed[i]] as const), ...(await replay(tx, [...late]))])
  return group.map(({ draft }) => answers.get(draft.id) ?? KEY_TAKEN)
}

const KEY_TAKEN: Booked = { kind: 'key taken' }

/** Claims the keys of the group. Returns those who came too late for theirs. */
async function repetitions(tx: Client, group: Wanted[], now: number): Promise<Set<Wanted>> {
  const keyed = group.flatMap(({ draft, key, expectedPaidInMs: told = null }) =>
    key === null ? [] : [{ ...key, orderId: draft.id, answer: told === null ? null : String(told) }],
  )
  if (keyed.length === 0) return new Set()
  const owners = await claimKeys(tx, keyed, now)
  return new Set(group.filter(({ draft, key }) => key !== null && !owners.has(draft.id)))
}

/** What was answered when these keys were new, by the id of the draft that is not needed now. */
async function replay(tx: Client, late: Wanted[]): Promise<[string, Booked][]> {
  const stored = await storedKeys(
    tx,
    late.flatMap(({ key }) => key?.key ?? []),
  )
  const earlier = await readOrders(
    tx,
    [...stored.values()].map(({ orderId }) => orderId),
  )
  const byId = new Map(earlier.map((order) => [order.id, order]))
  return late.map(({ draft, key }) => {
    const first = stored.get(key?.key ?? '')
    const order = first?.fingerprint === key?.fingerprint ? byId.get(first?.orderId ?? '') : undefined
    if (first === undefined || order === undefined) return [draft.id, KEY_TAKEN]
    const expectedPaidInMs = first.answer === null ? null : Number(first.answer)
    return [draft.id, { kind: 'replayed', order: { ...order, state: 'placed', refundedCents: 0 }, expectedPaidInMs }]
  })
}

/** Tells the others of an order that is in the books. */
export function emitPlaced(order: Numbered, traceparent: string | undefined, emit: Emit): void {
  const { id: orderId, number, totalCents, currency, paymentMethod, payBy, lines, account, language, sale } = order
  const customer = { name: order.customer.name, email: order.customer.email }
  const whose = { language, ...(account !== null && { account }), ...(sale !== null && { sale }) }
  const data = { number, totalCents, currency, paymentMethod, payBy, customer, lines, ...whose }
  emit({ name: 'order.placed', subject: orderId, data, ...(traceparent !== undefined && { traceparent }) })
}

function answerOf({ id, number, totalCents, currency, lines: items, placedAt, payBy }: Numbered): OrderAnswer {
  const times = { placedAt: iso(placedAt), payBy: iso(payBy) }
  return { id, number, state: 'placed', totalCents, currency, items, ...times, refundedCents: 0, sale: null }
}

const iso = (ms: number) => new Date(ms).toISOString()
