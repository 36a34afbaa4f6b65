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
  return {
    happenings: page.data.map((one) => happeningOf(event.parse(one))),
    next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
  }
}

/** Thrown for a webhook that nobody signed who knows a secret of ours. */
export class NotSigned extends Error {
  override name = 'NotSigned'
}

/** Thrown for a webhook that is signed, and says nothing that Stripe says. */
export class NotUnderstood extends Error {
  override name = 'NotUnderstood'
}

/**
 * Reads a webhook by Stripe's own means: signed with one of `secrets`, and not longer than five minutes ago. Null where it
 * is about nothing of ours. Throws `NotSigned` and `NotUnderstood`. https://docs.stripe.com/webhooks/signature
 */
export function readWebhook(body: Buffer, signature: string, secrets: readonly string[]): Happening | null {
  for (const secret of secrets) {
    try {
      const told = event.parse(Stripe.webhooks.constructEvent(body, signature, secret))
      return heard.has(told.type) ? happeningOf(told) : null
    } catch (cause) {
      if (cause instanceof z.ZodError || cause instanceof SyntaxError) throw new NotUnderstood(cause.message, { cause })
      if (!(cause instanceof Stripe.errors.StripeSignatureVerificationError)) throw cause
    }
  }
  throw new NotSigned('the signature is none of ours, or too old')
}

const word = z.string().regex(/^[\w-]{1,64}$/) // as long as what a message is about may be
const id = z.union([word, z.object({ id: word }).transform((one) => one.id)]).nullish()
const ofOurs = word.optional().catch(undefined) // what others write there is theirs
const object = z.object({
  id: word,
  object: z.string(),
  payment_intent: id,
  metadata: z.object({ orderId: ofOurs, number: ofOurs }).nullish(),
})

const event = z.object({
  ...{ id: word, type: z.string(), created: z.int().nonnegative().max(8.64e12) },
  data: z.object({ object: z.unknown() }), // of what we do not hear it may be anything
})

/** Its object is as it was then, and in the words of the endpoint's version: only who it is counts. */
function happeningOf({ id, type, created, data }: z.infer<typeof event>): Happening {
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
