import type { Emit } from '../../shared/handler.ts'
import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, each, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Happening } from './gateway.ts'
import { type Payment, paymentsOf } from './payments.ts'

type Told = Pick<Happening, 'id' | 'type' | 'object' | 'at'>

const told: Columns<Told> = ['id', 'type', 'object', 'at']

/**
 * Notes what the gateway has told, each event once, whoever brought it; and emits `gateway.told` for what may be news. What
 * is about no order of ours leaves no trace.
 */
export async function noteTold(tx: Client, happenings: Happening[], emit: Emit): Promise<void> {
  const payments = await paymentsOf(
    tx,
    happenings.flatMap(({ orderId }) => orderId ?? []),
  )
  const ours = happenings.filter(({ orderId, intentId }) =>
    orderId === null ? intentId !== null : payments.has(orderId),
  )
  if (ours.length === 0) return
  const now = Date.now()
  const rows = await tx.$queryRaw<{ id: string }[]>`
    ${insert('Told', told, ours)} ON CONFLICT DO NOTHING RETURNING id`
  const fresh = new Set(rows.map(({ id }) => id))
  for (const one of ours)
    if (fresh.delete(one.id) && isNews(one, payments.get(one.orderId ?? ''), now)) emit(toldOf(one, payments))
}

const ANSWER_MS = 60_000 // after which the answer to a charge may be long in coming

/**
 * A payment that is paid or over cannot be moved by what was said before, and one that has just been offered waits for its own
 * answer: only money that goes back is always news.
 */
function isNews({ type }: Happening, payment: Payment | undefined, now: number): boolean {
  if (!/^(payment_intent|checkout)\./.test(type) || payment === undefined) return true
  switch (payment.state) {
    case 'charging':
      return now - payment.at > ANSWER_MS
    case 'declined':
      return type !== 'payment_intent.payment_failed'
    case 'challenged':
    case 'processing':
      return true
    case 'captured':
    case 'refunded':
    case 'cancelled':
      return false
  }
}

/** Where the event does not say which order it is about, its payment does, to whoever hears it. */
function toldOf({ id, type, object, orderId, intentId, number }: Happening, payments: Map<string, Payment>) {
  const known = payments.get(orderId ?? '')?.number ?? number
  const subject = orderId ?? intentId ?? object
  return { name: 'gateway.told', subject, data: { number: known ?? object, told: id, type, object } } as const
}

const KEPT_MS = 35 * 24 * 3_600_000 // the gateway tells for thirty days

/** Deletes what was told so long ago that it is not told again. */
export const pruneTold: Prune<Client> = async (tx, now, limit) => {
  const old = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Told" WHERE at < ${now - KEPT_MS} ORDER BY at LIMIT ${limit}`
  const ids = old.map(({ id }) => id)
  return tx.$executeRaw`DELETE FROM "Told" WHERE id IN (SELECT value FROM ${each(ids)})`
}
