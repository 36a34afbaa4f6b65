import type { Emit } from '../../shared/handler.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { State } from '../../shared/states.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import { type Asked, type Refunds, refundsOf } from './refunds.ts'
import { claimKeys, type StoredKey, storedKeys } from './stored-keys.ts'
import { ordersToPay, type ToPay } from './tenders.ts'
import { type Entry, record } from './timeline.ts'

/** What the admin wants back of an order: all that is left, if no amount is said. */
export type Wanted = { orderId: string; key: Key | null; amountCents?: number | undefined; reason?: string | undefined }
export type Verdict =
  | { kind: 'asked'; asked: Asked; order: ToPay }
  | { kind: 'replayed'; asked: string; order: ToPay }
  | { kind: 'too much'; leftCents: number }
  | { kind: 'refused'; why: string }
  | { kind: 'key taken' }
  | { kind: 'unknown' }

/** Decides in order of arrival, and asks payment: two of one order in one group see each other, too. */
export async function askRefunds(tx: Client, group: Wanted[], emit: Emit): Promise<Verdict[]> {
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
    const verdict = decide(amountCents, order, money)
    if (verdict.kind !== 'asked') return verdict
    const { asked, cents } = verdict.asked
    money.askedCents += cents // for whoever asks twice in one group
    entries.push(entryOf(orderId, order.state, { ...verdict.asked, reason }, now))
    if (key !== null) used.push({ ...key, orderId, answer: asked })
    const { number, currency } = order
    emit({ name: 'order.refundAsked', subject: orderId, data: { number, asked, cents, currency } })
    return verdict
  })
  await record(tx, entries)
  await claimKeys(tx, used, now)
  return verdicts
}

/** What was refused by the gateway, or has failed, is there to be asked for again. */
function decide(wantedCents: number | undefined, order: ToPay, { refundedCents, askedCents }: Refunds): Verdict {
  if (order.state !== 'paid' && order.state !== 'refunded') return { kind: 'refused', why: notPaid(order) }
  const restCents = order.totalCents - refundedCents - askedCents
  if (restCents <= 0) return { kind: 'refused', why: NOTHING_LEFT }
  const cents = wantedCents ?? restCents
  if (cents > restCents) return { kind: 'too much', leftCents: restCents }
  return { kind: 'asked', asked: { asked: newId(), cents, leftCents: restCents - cents }, order }
}

const NOTHING_LEFT = 'All that was paid for this order has been refunded, or is asked to be.'

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
