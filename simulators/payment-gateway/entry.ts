import { z } from 'zod'

/** What every line of the ledger says: which request asked for it, for which order, and when (ms). */
const asked = {
  key: z.string().optional(), // the idempotency key, if the caller sent one
  fingerprint: z.string(), // of the endpoint and its parameters
  orderId: z.string().optional(), // metadata.orderId
  metadata: z.record(z.string(), z.string()),
  intentId: z.string(),
  amountCents: z.int().nonnegative(),
  currency: z.string(),
  at: z.number(),
}

const charge = z.object({
  ...asked,
  kind: z.literal('charge'),
  chargeId: z.string(),
  paymentMethod: z.string(),
})
const decline = charge.extend({
  kind: z.literal('decline'),
  code: z.string(),
  declineCode: z.string(),
  message: z.string(),
})
const refund = z.object({ ...asked, kind: z.literal('refund'), refundId: z.string(), chargeId: z.string() })
const cancel = z.object({ ...asked, kind: z.literal('cancel'), reason: z.string().optional() })

export const entry = z.discriminatedUnion('kind', [charge, decline, refund, cancel])

export type Charge = z.infer<typeof charge>
export type Decline = z.infer<typeof decline>
export type Refund = z.infer<typeof refund>
export type Cancel = z.infer<typeof cancel>
export type Entry = z.infer<typeof entry>

/** A payment intent: the line that opened it and what was done to it since. */
export type Intent = { opened: Charge | Decline; refunds: Refund[]; cancelled?: Cancel }

/** What a new line takes from the request that asks for it. */
export type Asked = Pick<Entry, 'key' | 'fingerprint' | 'at'>

/** Cents of a charge that have been given back. */
export function refundedCents(intent: Intent): number {
  return intent.refunds.reduce((sum, { amountCents }) => sum + amountCents, 0)
}
