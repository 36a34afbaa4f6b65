import { type Columns, each, names, records } from '../../shared/store/sql.ts'
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

const newColumns: Columns<NewPayment> = ['orderId', 'number', 'state', 'totalCents', 'currency', 'paymentMethod']
const columns: Columns<Payment> = [...newColumns, 'chargeId', 'refundId', 'reason']

/** Writes payments for orders that have none; returns what stands for each of `payments` now, in their order. */
export async function insertOrRead(tx: Client, payments: NewPayment[]): Promise<Payment[]> {
  await tx.$executeRaw`
    INSERT INTO "Payment" (${names(newColumns)}, at)
    SELECT ${names(newColumns)}, CAST(${Date.now()} AS BIGINT)
    FROM ${records('Payment', newColumns, payments)} AS new WHERE true
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
  const rows = await tx.$queryRaw<Payment[]>`
    SELECT ${names(columns)} FROM "Payment" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map((row) => [row.orderId, row]))
}

/** Writes what has become of payments. */
export async function updatePayments(tx: Client, payments: Payment[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Payment" SET state = new.state, "chargeId" = new."chargeId", "refundId" = new."refundId",
                         reason = new.reason, at = ${Date.now()}
    FROM ${records('Payment', answered, payments)} AS new
    WHERE "Payment"."orderId" = new."orderId"`
}

const answered: Columns<Payment> = ['orderId', 'state', 'chargeId', 'refundId', 'reason']
