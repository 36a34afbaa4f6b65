import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'

/**
 * What payment knows of an order. `charging` was written before the gateway was asked, so whoever comes later
 * knows that money may have moved. `cancelled` is a tombstone: it was never asked and never will be.
 */
export type PaymentState = 'charging' | 'captured' | 'declined' | 'cancelled' | 'refunded'

export type Payment = {
  orderId: string
  number: string
  state: PaymentState
  totalCents: number
  currency: string
  paymentMethod: string
  chargeId: string | null
  refundId: string | null
  reason: string | null
}

/** A row to write if the order has none yet. */
export type NewPayment = Omit<Payment, 'chargeId' | 'refundId' | 'reason'>

/** Writes payments for orders that have none; returns what stands for each of `payments` now, in their order. */
export async function insertOrRead(tx: Client, payments: NewPayment[]): Promise<Payment[]> {
  await tx.$executeRaw`
    INSERT INTO "Payment" (orderId, number, state, totalCents, currency, paymentMethod, at)
    SELECT value->>'orderId', value->>'number', value->>'state', value->>'totalCents', value->>'currency',
           value->>'paymentMethod', ${Date.now()}
    FROM jsonb_each(${JSON.stringify(payments)}) WHERE true
    ON CONFLICT DO NOTHING`
  const stored = await paymentsOf(
    tx,
    payments.map(({ orderId }) => orderId),
  )
  return payments.map((payment) => stored.get(payment.orderId) ?? { ...payment, ...UNANSWERED })
}

const UNANSWERED = { chargeId: null, refundId: null, reason: null }

/** The payments of these orders, by order id. */
export async function paymentsOf(tx: Client, orderIds: string[]): Promise<Map<string, Payment>> {
  const rows = await jsonRows<Payment>(tx.$queryRaw`
    SELECT json_group_array(json_object('orderId', orderId, 'number', number, 'state', state,
      'totalCents', totalCents, 'currency', currency, 'paymentMethod', paymentMethod,
      'chargeId', chargeId, 'refundId', refundId, 'reason', reason)) AS json
    FROM "Payment" WHERE orderId IN (SELECT value FROM jsonb_each(${JSON.stringify(orderIds)}))`)
  return new Map(rows.map((row) => [row.orderId, row]))
}

/** Writes what has become of payments. */
export async function updatePayments(tx: Client, payments: Payment[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Payment" SET state = new.value->>'state', chargeId = new.value->>'chargeId',
                         refundId = new.value->>'refundId', reason = new.value->>'reason', at = ${Date.now()}
    FROM jsonb_each(${JSON.stringify(payments)}) AS new
    WHERE "Payment".orderId = new.value->>'orderId'`
}
