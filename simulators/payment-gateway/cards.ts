/** How a test card behaves. The declines' codes and words are those of Stripe's testing page. */
export type CardOutcome = { ok: true } | { ok: false; code: string; declineCode: string; message: string }

/** What the card behind a test token does, or undefined when Stripe documents no such token. */
export function cardOutcome(token: string): CardOutcome | undefined {
  if (approved.has(token)) return { ok: true }
  // Stripe knows most declining cards with and without the brand: pm_card_visa_chargeDeclined…
  return declined.get(token.replace(/^pm_card_visa_(?=chargeDeclined)/, 'pm_card_'))
}

const approved = new Set([
  'pm_card_visa',
  'pm_card_visa_debit',
  'pm_card_mastercard',
  'pm_card_mastercard_debit',
  'pm_card_mastercard_prepaid',
  'pm_card_amex',
  'pm_card_discover',
  'pm_card_diners',
  'pm_card_jcb',
  'pm_card_unionpay',
])

const declined = new Map<string, CardOutcome>([
  decline('chargeDeclined', 'card_declined', 'generic_decline', 'Your card was declined.'),
  decline(
    'chargeDeclinedInsufficientFunds',
    'card_declined',
    'insufficient_funds',
    'Your card has insufficient funds.',
  ),
  decline('chargeDeclinedLostCard', 'card_declined', 'lost_card', 'Your card was declined.'),
  decline('chargeDeclinedStolenCard', 'card_declined', 'stolen_card', 'Your card was declined.'),
  decline('chargeDeclinedFraudulent', 'card_declined', 'fraudulent', 'Your card was declined.'),
  decline('radarBlock', 'card_declined', 'fraudulent', 'Your card was declined.'),
  decline(
    'chargeDeclinedVelocityLimitExceeded',
    'card_declined',
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  decline('chargeDeclinedExpiredCard', 'expired_card', 'expired_card', 'Your card has expired.'),
  decline('chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect."),
  decline(
    'chargeDeclinedProcessingError',
    'processing_error',
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
  ),
])

function decline(name: string, code: string, declineCode: string, message: string): [string, CardOutcome] {
  return [`pm_card_${name}`, { ok: false, code, declineCode, message }]
}
