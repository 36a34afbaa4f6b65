import type { Session } from '../session.ts'
import { intentObject } from './intent-object.ts'
import { inside, seconds, type View, wholeList } from './shown.ts'

/** A Checkout Session of Stripe's API. */
export function sessionObject(session: Session, view: View): object {
  const { opened, terms, newest } = session
  const { sessionId, amountCents, currency } = opened
  return {
    id: sessionId,
    object: 'checkout.session',
    ...NOTHING,
    amount_subtotal: amountCents,
    amount_total: amountCents,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: terms.cancelUrl ?? null,
    client_reference_id: terms.reference ?? null,
    created: seconds(opened.at),
    currency,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer_email: terms.email ?? null,
    expires_at: seconds(terms.expiresAt),
    ...(view.isWanted('line_items') && { line_items: wholeList(lineItems(session), `${urlOf(sessionId)}/line_items`) }),
    livemode: false,
    metadata: opened.metadata,
    mode: 'payment',
    payment_intent: shownIntent(session, view),
    payment_method_types: ['card', 'sepa_debit'],
    payment_status: session.isPaid ? 'paid' : 'unpaid',
    shipping_options: [],
    status: newest.status,
    success_url: terms.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: newest.status === 'open' ? payUrl(sessionId, view.base) : null,
  }
}

/** Where people pay. */
export const payUrl = (sessionId: string, base: string) => `${base}/pay/${sessionId}`
const urlOf = (sessionId: string) => `/v1/checkout/sessions/${sessionId}`

const NOTHING = {
  ...{
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
  },
  ...{ billing_address_collection: null, client_secret: null, collected_information: null, consent: null },
  ...{ consent_collection: null, currency_conversion: null, customer: null, customer_account: null },
  ...{ customer_creation: 'if_required', customer_details: null, discounts: [], integration_identifier: null },
  ...{ invoice: null, invoice_creation: null, locale: null, managed_payments: null, origin_context: null },
  ...{ payment_link: null, payment_method_collection: 'if_required', payment_method_configuration_details: null },
  ...{ payment_method_options: null, permissions: null, recovered_from: null, saved_payment_method_options: null },
  ...{ setup_intent: null, shipping_address_collection: null, shipping_cost: null, submit_type: null },
  ...{ subscription: null, wallet_options: null },
}

function lineItems({ opened: { sessionId, currency }, terms: { lines } }: Session): object[] {
  return lines.map(({ name, unitCents, quantity }, index) => {
    const cents = unitCents * quantity
    const amounts = { amount_discount: 0, amount_subtotal: cents, amount_tax: 0, amount_total: cents }
    return {
      id: `li_${index}_${sessionId}`,
      object: 'item',
      ...amounts,
      currency,
      description: name,
      price: null,
      quantity,
    }
  })
}

function shownIntent({ intentId }: Session, view: View): object | string | null {
  const intent = view.ledger.findIntent(intentId ?? '')
  if (!intent) return null
  return view.isWanted('payment_intent') ? intentObject(intent, inside(view, 'payment_intent')) : intent.opened.intentId
}
