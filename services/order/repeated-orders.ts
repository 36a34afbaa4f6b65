import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import type { Draft } from './draft.ts'
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

/** It stands for an order that was asked for in other words. */
export const KEY_TAKEN: Booked = { kind: 'key taken' }

/** Claims the keys of the group. Returns those who came too late for theirs. */
export async function repetitions(tx: Client, group: Wanted[], now: number): Promise<Set<Wanted>> {
  const keyed = group.flatMap(({ draft, key, expectedPaidInMs: told = null }) =>
    key === null ? [] : [{ ...key, orderId: draft.id, answer: told === null ? null : String(told) }],
  )
  if (keyed.length === 0) return new Set()
  const owners = await claimKeys(tx, keyed, now)
  return new Set(group.filter(({ draft, key }) => key !== null && !owners.has(draft.id)))
}

/** What was answered when these keys were new, by the id of the draft that is not needed now. */
export async function replay(tx: Client, late: Wanted[]): Promise<[string, Booked][]> {
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
