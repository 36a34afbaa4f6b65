import { z } from 'zod'

/** What every line of the ledger says: when it came about (ms), and which request asked for it, if one did. */
const told = {
  key: z.string().optional(), // the idempotency key, if the caller sent one
  fingerprint: z.string().optional(), // of the endpoint and its parameters
  at: z.number(),
  laterAt: z.number().optional(), // when something comes of it by itself: see `later.ts`
}

const money = {
  orderId: z.string().optional(), // metadata.orderId
  metadata: z.record(z.string(), z.string()),
  intentId: z.string(),
  amountCents: z.int().nonnegative(),
  currency: z.string(),
}

const intent = z.object({
  ...told,
  ...money,
  sessionId: z.string().optional(), // of the hosted page it was made by
  description: z.string().optional(),
  redirects: z.enum(['always', 'never']).optional(), // automatic_payment_methods[allow_redirects], where it was given
  methods: z.array(z.string()).optional(), // allowed_payment_method_types, where they were given
})

const open = intent.extend({
  kind: z.literal('open'),
  status: z.enum(['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing']),
  paymentMethod: z.string().optional(),
  chargeId: z.string().optional(), // while it is processed
  challengeId: z.string().optional(), // where its holder is asked
  returnUrl: z.string().optional(),
})
const charge = intent.extend({
  kind: z.literal('charge'),
  chargeId: z.string(),
  paymentMethod: z.string(),
  isConfirmed: z.boolean().optional(), // its holder has confirmed it
})
const decline = charge.extend({
  kind: z.literal('decline'),
  chargeId: z.string().optional(), // none where its holder refused
  code: z.string(),
  declineCode: z.string().optional(),
  message: z.string(),
})
const cancel = z.object({ ...told, ...money, kind: z.literal('cancel'), reason: z.string().optional() })

/** The last line of a `refundId` tells where it stands; so it is with a `disputeId` and a `sessionId`. */
const refund = z.object({
  ...told,
  ...money,
  kind: z.literal('refund'),
  refundId: z.string(),
  chargeId: z.string(),
  status: z.enum(['pending', 'succeeded', 'failed']).default('succeeded'), // versions before knew only one
  reason: z.string().optional(),
  madeAt: z.number().optional(), // where this is not its first line
})
const dispute = z.object({
  ...told,
  ...money,
  kind: z.literal('dispute'),
  disputeId: z.string(),
  chargeId: z.string(),
  reason: z.string(),
  status: z.enum([
    ...(['warning_needs_response', 'warning_under_review', 'warning_closed'] as const), // of an inquiry
    ...(['needs_response', 'under_review', 'won', 'lost'] as const),
  ]),
  madeAt: z.number().optional(), // where this is not its first line
})

const terms = z.object({
  successUrl: z.string(),
  cancelUrl: z.string().optional(),
  reference: z.string().optional(), // client_reference_id
  email: z.string().optional(),
  expiresAt: z.number(), // ms
  metadata: z.record(z.string(), z.string()), // of the intent that will be made, as what follows
  description: z.string().optional(),
  methods: z.array(z.string()).optional(),
  lines: z.array(z.object({ name: z.string(), unitCents: z.int(), quantity: z.int() })),
})
const session = z.object({
  ...told,
  ...money,
  kind: z.literal('session'),
  intentId: z.string().optional(),
  sessionId: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  isPaid: z.boolean().optional(), // with the line that completes it: or its money comes later
  terms: terms.optional(), // with the line that opens it
})

export const entry = z.discriminatedUnion('kind', [open, charge, decline, refund, cancel, dispute, session])

export type Open = z.infer<typeof open>
export type Charge = z.infer<typeof charge>
export type Decline = z.infer<typeof decline>
export type Refund = z.infer<typeof refund>
export type Cancel = z.infer<typeof cancel>
export type Dispute = z.infer<typeof dispute>
export type SessionLine = z.infer<typeof session>
export type Terms = z.infer<typeof terms>
export type Entry = z.infer<typeof entry>

/** What a new line takes from the request that asks for it; one that comes about by itself has a time alone. */
export type Asked = Pick<Entry, 'key' | 'fingerprint' | 'at'>
