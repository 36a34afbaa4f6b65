import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { Happening } from './gateway.ts'
import { overdue, type Payment } from './payments.ts'
import { noteTold } from './told.ts'

const LOOK_MS = 500
const PAGE = 200

/**
 * Sees to payments whose customer has not confirmed in time: it tells them to payment's own list, once each, where they are
 * tried for as long as the gateway is away.
 */
export function startClosing(
  health: Health,
  { db, publish }: { db: Pick<Database<Client>, 'read'>; publish: Publish<Client> },
): Loop {
  return every(LOOK_MS, 'payments.overdue', health, async () => {
    const late = await overdue(db.read, Date.now(), PAGE)
    if (late.length > 0) await publish((tx, emit) => noteTold(tx, late.map(overdueOf), emit))
  })
}

/** What it is told by: once for each means of payment. */
export function overdueId({ orderId, tender }: Pick<Payment, 'orderId' | 'tender'>): string {
  return `overdue-${orderId}-${tender}`
}

function overdueOf(payment: Payment): Happening {
  const { orderId, number, chargeId, sessionId } = payment
  const object = chargeId ?? sessionId ?? orderId
  return {
    id: overdueId(payment),
    at: Date.now(),
    type: 'payment.overdue',
    object,
    intentId: chargeId,
    orderId,
    number,
  }
}
