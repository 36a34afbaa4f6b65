import type { Dispute, Refund, RefundWish } from './gateway.ts'
import { finalWordIn, outageOf } from './stripe-failure.ts'
import type { Deps } from './stripe-intents.ts'
import type { Stripe } from './stripe-sdk.ts'

const PAGE = 100

/** https://docs.stripe.com/api/refunds/create: what Stripe will never refund is an answer, too. */
export async function refund(
  { orderId, chargeId, cents, asked, key }: RefundWish,
  { stripe }: Pick<Deps, 'stripe'>,
): Promise<{ ok: true; refund: Refund } | { ok: false; reason: string }> {
  const metadata = { orderId, ...(asked !== null && { asked }) }
  try {
    const params = { payment_intent: chargeId, amount: cents, metadata }
    return { ok: true, refund: refundOf(await stripe.refunds.create(params, { idempotencyKey: key })) }
  } catch (error) {
    const word = finalWordIn(error)
    return word === null ? outageOf(error) : { ok: false, reason: word.message }
  }
}

export async function refunds(chargeId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<Refund[]> {
  const listed = stripe.refunds.list({ payment_intent: chargeId, limit: PAGE })
  return (await allOf(listed)).map(refundOf).reverse()
}

export async function disputes(chargeId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<Dispute[]> {
  const listed = stripe.disputes.list({ payment_intent: chargeId, limit: PAGE })
  return (await allOf(listed)).map(disputeOf).reverse()
}

const MAX = 1_000 // a payment has a few

async function allOf<T>(listed: Stripe.ApiListPromise<T>): Promise<T[]> {
  return listed.autoPagingToArray({ limit: MAX }).catch(outageOf)
}

function refundOf({ id, amount, status, metadata, failure_reason }: Stripe.Refund): Refund {
  return {
    id,
    cents: amount,
    status: refundWords.get(status ?? '') ?? 'pending',
    asked: metadata?.asked ?? null,
    reason: failure_reason ?? null,
  }
}

const refundWords = new Map<string, Refund['status']>([
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])

function disputeOf({ id, amount, reason, status }: Stripe.Dispute): Dispute {
  return { id, cents: amount, reason, status: disputeWords.get(status) ?? 'opened' }
}

/** https://docs.stripe.com/disputes/how-disputes-work: a warning that is closed, or was prevented, took nothing from us. */
const disputeWords = new Map<string, Dispute['status']>([
  ['won', 'won'],
  ['warning_closed', 'won'],
  ['prevented', 'won'],
  ['lost', 'lost'],
])
