import { Outage } from '../../shared/events.ts'
import type { Answer, Offer, Page } from './gateway.ts'
import { finalWordIn, outageOf } from './stripe-failure.ts'
import { type Deps, intentOf } from './stripe-intents.ts'
import type { Stripe } from './stripe-sdk.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A page is closed by ourselves when the time to pay is over; by itself it closes somewhat later. */
export async function openPage(offer: Offer, { stripe, shopUrl, onRefused }: Deps): Promise<Answer> {
  const { orderId, number, totalCents, currency, tender } = offer
  const back = `${shopUrl}/orders/${orderId}`
  const made = { name: `Order ${number}` }
  try {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: orderId,
        line_items: [
          {
            quantity: 1,
            price_data: { currency: currency.toLowerCase(), unit_amount: totalCents, product_data: made },
          },
        ],
        success_url: back,
        cancel_url: back,
        expires_at: Math.floor(closesAt(offer) / 1_000),
        metadata: { orderId, number },
        payment_intent_data: { metadata: { orderId, number } },
      },
      { idempotencyKey: `hosted-${orderId}-${tender}` },
    )
    return { intent: null, page: pageOf(session), refusal: null }
  } catch (error) {
    const word = finalWordIn(error)
    if (word === null) return outageOf(error)
    onRefused({ orderId, code: word.code, message: word.message })
    return { intent: null, page: null, refusal: 'processing_error' }
  }
}

/**
 * Stripe takes half an hour to a day from when the page is opened. It must not change when the question is repeated: so it
 * counts from the tender, and leaves half an hour to be asked in. https://docs.stripe.com/api/checkout/sessions/create
 */
export function closesAt({ at, payBy }: Pick<Offer, 'at' | 'payBy'>): number {
  return Math.min(Math.max(payBy ?? 0, at + HOUR_MS), at + DAY_MS)
}

export async function page(sessionId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<Page> {
  return pageOf(await stripe.checkout.sessions.retrieve(sessionId, WITH_INTENT).catch(outageOf))
}

/** What is not open any more cannot be closed: then it is seen how it stands. */
export async function closePage(sessionId: string, deps: Pick<Deps, 'stripe'>): Promise<Page> {
  try {
    await deps.stripe.checkout.sessions.expire(sessionId)
  } catch (error) {
    if (finalWordIn(error) === null) outageOf(error)
  }
  const now = await page(sessionId, deps)
  if (now.status === 'open') throw new Outage('the page for paying does not close')
  return now
}

const WITH_INTENT = { expand: ['payment_intent'] }

function pageOf({ id, status, url, payment_intent: intent }: Stripe.Checkout.Session): Page {
  const made = intent === null || typeof intent === 'string' ? null : intentOf(intent)
  return { id, status: words.get(status ?? '') ?? 'open', url, intent: made }
}

const words = new Map<string, Page['status']>([
  ['complete', 'complete'],
  ['expired', 'expired'],
])
