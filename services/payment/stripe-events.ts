import { z } from 'zod'
import type { Happening } from './gateway.ts'
import { outageOf } from './stripe-failure.ts'
import { Stripe } from './stripe-sdk.ts'

/** What may change how a payment of ours stands, and what an endpoint is to be told of: https://docs.stripe.com/api/events/types */
export const HEARD = [
  ...(['payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled'] as const),
  ...(['payment_intent.processing', 'payment_intent.requires_action', 'checkout.session.completed'] as const),
  ...(['checkout.session.expired', 'checkout.session.async_payment_succeeded'] as const),
  ...(['checkout.session.async_payment_failed', 'refund.created', 'refund.updated', 'refund.failed'] as const),
  ...(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed'] as const),
]

const heard: ReadonlySet<string> = new Set(HEARD)

/** https://docs.stripe.com/api/events/list: for thirty days. */
export async function happenings(
  from: number,
  after: string | null,
  stripe: Stripe,
): Promise<{ happenings: Happening[]; next: string | null }> {
  const since = { types: HEARD, created: { gte: Math.floor(from / 1_000) }, limit: 100 }
  const page = await stripe.events.list({ ...since, ...(after !== null && { starting_after: after }) }).catch(outageOf)
  return { happenings: page.data.map(happeningOf), next: page.has_more ? (page.data.at(-1)?.id ?? null) : null }
}

/** Thrown for a webhook that nobody signed who knows a secret of ours. */
export class NotSigned extends Error {
  override name = 'NotSigned'
}

/**
 * Reads a webhook by Stripe's own means: signed with one of `secrets`, and not longer than five minutes ago. Null where it
 * is about nothing of ours. Throws `NotSigned`. https://docs.stripe.com/webhooks/signature
 */
export function readWebhook(body: Buffer, signature: string, secrets: readonly string[]): Happening | null {
  for (const secret of secrets) {
    try {
      const event = Stripe.webhooks.constructEvent(body, signature, secret)
      return heard.has(event.type) ? happeningOf(event) : null
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
    }
  }
  throw new NotSigned('the signature is none of ours, or too old')
}

const id = z.union([z.string(), z.object({ id: z.string() }).transform((one) => one.id)]).nullish()
const object = z.object({
  id: z.string(),
  object: z.string(),
  payment_intent: id,
  metadata: z.object({ orderId: z.string().optional(), number: z.string().optional() }).nullish(),
})

/** Its object is as it was then, and in the words of the endpoint's version: only who it is counts. */
function happeningOf({ id, type, created, data }: Stripe.Event): Happening {
  const about = object.parse(data.object)
  return {
    id,
    at: created * 1_000,
    type,
    object: about.id,
    intentId: about.object === 'payment_intent' ? about.id : (about.payment_intent ?? null),
    orderId: about.metadata?.orderId ?? null,
    number: about.metadata?.number ?? null,
  }
}
