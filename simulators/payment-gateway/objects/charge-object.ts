import { type Card, PLAIN } from '../cards/card.ts'
import { cardOf } from '../cards/deck.ts'
import type { Charge, Decline, Open } from '../entry.ts'
import { disputesOf, type Intent, refundedCents, refundsOf } from '../intent.ts'
import { BILLING, cardDetails, debitDetails } from './method-object.ts'
import { refundObject } from './refund-object.ts'
import { seconds, type View, wholeList } from './shown.ts'

/** An attempt that got as far as a charge: it went well, or not, or is not decided. */
type Attempt = (Charge | Decline | Open) & { chargeId: string; paymentMethod: string }

/** The latest attempt of an intent that got as far as a charge, or the one with this id. */
export function attemptOf({ lines }: Intent, chargeId?: string): Attempt | undefined {
  return lines.filter(isAttempt).findLast((line) => chargeId === undefined || line.chargeId === chargeId)
}

function isAttempt(line: Intent['lines'][number]): line is Attempt {
  return (line.kind === 'charge' || line.kind === 'decline' || line.kind === 'open') && line.chargeId !== undefined
}

/** A Charge of Stripe's API. `view` may want its `refunds` in full. */
export function chargeObject(attempt: Attempt, intent: Intent, view: View): object {
  const { chargeId, amountCents, currency, paymentMethod, at } = attempt
  const isPaid = attempt.kind === 'charge'
  const givenBackCents = isPaid ? refundedCents(intent) : 0
  const card = cardOf(paymentMethod) ?? PLAIN
  return {
    id: chargeId,
    object: 'charge',
    amount: amountCents,
    amount_captured: isPaid ? amountCents : 0,
    amount_refunded: givenBackCents,
    ...NOTHING,
    billing_details: BILLING,
    calculated_statement_descriptor: 'ORDERLINE',
    captured: attempt.kind !== 'decline',
    created: seconds(at),
    currency,
    description: attempt.description ?? null,
    disputed: isPaid && disputesOf(intent).length > 0,
    failure_code: attempt.kind === 'decline' ? attempt.code : null,
    failure_message: attempt.kind === 'decline' ? attempt.message : null,
    fraud_details: {},
    livemode: false,
    metadata: attempt.metadata,
    outcome: outcomeOf(attempt, card),
    paid: attempt.kind !== 'decline',
    payment_intent: attempt.intentId,
    payment_method: paymentMethod,
    payment_method_details: detailsOf(attempt, card),
    refunded: isPaid && givenBackCents === amountCents,
    ...(view.isWanted('refunds') && {
      refunds: wholeList(refundsOf(intent).map(refundObject), `/v1/charges/${chargeId}/refunds`),
    }),
    status: { charge: 'succeeded', decline: 'failed', open: 'pending' }[attempt.kind],
  }
}

const NOTHING = {
  ...{ application: null, application_fee: null, application_fee_amount: null, balance_transaction: null },
  ...{
    customer: null,
    failure_balance_transaction: null,
    on_behalf_of: null,
    receipt_email: null,
    receipt_number: null,
  },
  ...{
    receipt_url: null,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
  },
  ...{ statement_descriptor_suffix: null, transfer_data: null, transfer_group: null },
}

const SCORES = { normal: 12, elevated: 66, highest: 95 }

function outcomeOf(attempt: Attempt, card: Card): object {
  const riskLevel = card.riskLevel ?? 'normal'
  const common = { advice_code: null, network_advice_code: null, network_decline_code: null }
  const risk = { risk_level: riskLevel, risk_score: SCORES[riskLevel] }
  if (attempt.kind !== 'decline') {
    const isReviewed = riskLevel === 'elevated'
    const network = { network_status: 'approved_by_network', reason: isReviewed ? 'elevated_risk_level' : null }
    return {
      ...common,
      ...risk,
      ...network,
      seller_message: 'Payment complete.',
      type: isReviewed ? 'manual_review' : 'authorized',
    }
  }
  const isBlocked = riskLevel === 'highest'
  return {
    ...common,
    ...risk,
    network_status: isBlocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: isBlocked ? 'highest_risk_level' : (attempt.declineCode ?? attempt.code),
    seller_message: isBlocked ? 'Stripe blocked this payment as too risky.' : attempt.message,
    type: isBlocked ? 'blocked' : 'issuer_declined',
  }
}

function detailsOf(attempt: Attempt, card: Card): object {
  if (card.type === 'sepa_debit') return { type: 'sepa_debit', sepa_debit: debitDetails(card) }
  const isConfirmed = attempt.kind !== 'open' && attempt.isConfirmed === true
  const secured = isConfirmed ? { authentication_flow: 'challenge', result: 'authenticated', version: '2.2.0' } : null
  return { type: 'card', card: { ...cardDetails(card), network: card.brand, three_d_secure: secured } }
}
