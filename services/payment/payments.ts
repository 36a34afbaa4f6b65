import { type Columns, each, names, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/**
 * What payment knows of an order. `charging` was written before the gateway was asked, so whoever comes later
 * knows that money may have moved; `challenged` waits for the customer, `processing` for the gateway. `declined` may be
 * followed by another tender. `cancelled` is a tombstone: nothing was paid, and nothing ever will be.
 */
export type PaymentState = 'charging' | 'challenged' | 'processing' | 'captured' | 'declined' | 'cancelled' | 'refunded'

/**
 * One order, one payment. `tender` counts the means that were offered for it, `chargeId` is the payment at the gateway,
 * `sessionId` the page where the customer pays, `payBy` until when (ms), and `calledOff` why nobody may pay any more.
 * `at` is since when it is in its state (ms).
 */
export type Payment = {
  orderId: string
  number: string
  state: PaymentState
  totalCents: number
  currency: string
  paymentMethod: string
  tender: number
  payBy: number | null
  chargeId: string | null
  sessionId: string | null
  refundId: string | null
  reason: string | null
  calledOff: 'cancelled' | 'expired' | null
  at: number
}

/** A means of payment that is about to be offered to the gateway. */
export type Tendered = Pick<
  Payment,
  'orderId' | 'number' | 'totalCents' | 'currency' | 'paymentMethod' | 'tender' | 'payBy'
>

const tendered: Columns<Tendered> = [
  ...(['orderId', 'number', 'totalCents', 'currency'] as const),
  ...(['paymentMethod', 'tender', 'payBy'] as const),
]
const answered: Columns<Payment> = ['orderId', 'state', 'chargeId', 'sessionId', 'refundId', 'reason']
const columns: Columns<Payment> = [
  ...tendered,
  'state',
  'chargeId',
  'sessionId',
  'refundId',
  'reason',
  'calledOff',
  'at',
]

/**
 * Notes that these are about to be offered: the first tender of an order that has none, or one that follows a decline.
 * Returns what stands for each of them now, in their order.
 */
export async function beginTenders(tx: Client, tenders: Tendered[]): Promise<Payment[]> {
  const now = Date.now()
  await tx.$executeRaw`
    INSERT INTO "Payment" (${names(tendered)}, state, at)
    SELECT ${names(tendered)}, 'charging', CAST(${now} AS BIGINT)
    FROM ${records('Payment', tendered, tenders)} AS new WHERE true
    ON CONFLICT ("orderId") DO UPDATE SET
      state = 'charging', tender = excluded.tender, "paymentMethod" = excluded."paymentMethod", "payBy" = excluded."payBy",
      "sessionId" = NULL, reason = NULL, at = excluded.at
    WHERE "Payment".state = 'declined' AND "Payment".tender < excluded.tender AND "Payment"."calledOff" IS NULL`
  return inOrder(tx, tenders)
}

/** An order that nobody may pay any more. */
export type CalledOff = Pick<Payment, 'orderId' | 'number'> & { calledOff: 'cancelled' | 'expired' }

const calledOff: Columns<CalledOff> = ['orderId', 'number', 'calledOff']

/** Notes it, with a tombstone where nothing was ever begun. Returns what stands for each of them now, in their order. */
export async function callOff(tx: Client, orders: CalledOff[]): Promise<Payment[]> {
  await tx.$executeRaw`
    INSERT INTO "Payment" (${names(calledOff)}, state, "totalCents", currency, "paymentMethod", at)
    SELECT ${names(calledOff)}, 'cancelled', 0, 'EUR', '', CAST(${Date.now()} AS BIGINT)
    FROM ${records('Payment', calledOff, orders)} AS new WHERE true
    ON CONFLICT ("orderId") DO UPDATE SET "calledOff" = COALESCE("Payment"."calledOff", excluded."calledOff")`
  return inOrder(tx, orders)
}

async function inOrder(tx: Client, wanted: { orderId: string; number: string }[]): Promise<Payment[]> {
  const stored = await paymentsOf(
    tx,
    wanted.map(({ orderId }) => orderId),
  )
  return wanted.map(({ orderId }) => {
    const payment = stored.get(orderId)
    if (payment === undefined) throw new Error(`the payment of ${orderId} was written, and is not there`)
    return payment
  })
}

/** The payments of these orders, by order id. */
export async function paymentsOf(read: Client, orderIds: string[]): Promise<Map<string, Payment>> {
  const rows = await read.$queryRaw<Payment[]>`
    SELECT ${names(columns)} FROM "Payment" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map((row) => [row.orderId, row]))
}

/** Writes what has become of payments. */
export async function updatePayments(tx: Client, payments: Payment[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Payment" SET state = new.state, "chargeId" = new."chargeId", "sessionId" = new."sessionId",
                         "refundId" = new."refundId", reason = new.reason, at = ${Date.now()}
    FROM ${records('Payment', answered, payments)} AS new
    WHERE "Payment"."orderId" = new."orderId"`
}

/** The payments that wait for their customer or for the gateway; few, and found by an index of their own. */
export async function awaited(read: Client): Promise<number> {
  const [row] = await read.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM "Payment" WHERE state IN ('challenged', 'processing')`
  return Number(row?.count ?? 0)
}

const WITHOUT_DEADLINE_MS = 24 * 3_600_000

/** Until when its customer may confirm it (ms); orders of versions before have no time that is over. */
export const deadlineOf = ({ payBy, at }: Pick<Payment, 'payBy' | 'at'>) => payBy ?? at + WITHOUT_DEADLINE_MS

/**
 * Those whose customer has not paid or confirmed in time and of which nobody has been told, the oldest first. The index of
 * what is awaited asks for its own words.
 */
export async function overdue(read: Client, now: number, limit: number): Promise<Payment[]> {
  return read.$queryRaw<Payment[]>`
    SELECT ${names(columns)} FROM "Payment" WHERE state IN ('challenged', 'processing') AND state = 'challenged'
    AND ("payBy" <= ${now} OR ("payBy" IS NULL AND at <= ${now - WITHOUT_DEADLINE_MS}))
    AND NOT EXISTS (SELECT 1 FROM "Told" WHERE id = 'overdue-' || "orderId" || '-' || CAST(tender AS TEXT))
    ORDER BY "payBy", at LIMIT ${limit}`
}
