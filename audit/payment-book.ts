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

export type Payment = z.infer<typeof payment>

/** What payment believes; payments by order. */
export type PaymentBook = { payments: Map<string, Payment>; post: Post }

/** Reads payment's file. */
export function readPaymentBook(file: SqliteFile): PaymentBook {
  const payments = new Map<string, Payment>()
  for (const row of file.rows(payment, PAYMENTS)) payments.set(row.orderId, row)
  return { payments, post: readPost(file) }
}

const PAYMENTS = `SELECT orderId, state, totalCents, chargeId, refundId FROM "Payment"`
