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
  const at = Date.now()
  const rows = await tx.$queryRaw<{ id: string }[]>`
    ${insert(
      'Told',
      told,
      ours.map(({ id, type, object }) => ({ id, type, object, at })),
    )} ON CONFLICT DO NOTHING RETURNING id`
  const fresh = new Set(rows.map(({ id }) => id))
  for (const one of ours)
    if (fresh.delete(one.id) && isNews(one, payments.get(one.orderId ?? ''))) emit(toldOf(one, payments))
}

/** A payment that is paid or over cannot be moved by what was said before; only money that goes back is news then. */
function isNews({ type }: Happening, payment: Payment | undefined): boolean {
  if (!/^(payment_intent|checkout)\./.test(type) || payment === undefined) return true
  const { state } = payment
  if (state === 'declined') return type !== 'payment_intent.payment_failed'
  return state !== 'captured' && state !== 'refunded' && state !== 'cancelled'
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
