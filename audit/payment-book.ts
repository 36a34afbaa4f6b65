import { z } from 'zod'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const payment = z.object({
  orderId: z.string(),
  state: z.string(),
  totalCents: z.int(),
  chargeId: z.string().nullable(),
  refundId: z.string().nullable(),
})
const refund = z.object({ id: z.string(), orderId: z.string(), cents: z.int(), status: z.string() })
const dispute = z.object({ dispute: z.string() })

export type Payment = z.infer<typeof payment>
export type Refund = z.infer<typeof refund>

/** What payment believes: payments by order, refunds by their id, and disputes, as "id status". */
export type PaymentBook = {
  payments: Map<string, Payment>
  refunds: Map<string, Refund>
  disputes: Set<string>
  post: Post
}

/** Reads payment's file. */
export function readPaymentBook(file: SqliteFile): PaymentBook {
  return {
    payments: new Map([...file.rows(payment, PAYMENTS)].map((row) => [row.orderId, row])),
    refunds: new Map([...file.rows(refund, REFUNDS)].map((row) => [row.id, row])),
    disputes: new Set([...file.rows(dispute, DISPUTES)].map((row) => row.dispute)),
    post: readPost(file),
  }
}

const PAYMENTS = `SELECT orderId, state, totalCents, chargeId, refundId FROM "Payment"`
const REFUNDS = `SELECT id, orderId, cents, status FROM "Refund"`
const DISPUTES = `SELECT id || ' ' || status AS dispute FROM "Dispute"`
