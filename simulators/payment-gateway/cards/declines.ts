import { type Card, PLAIN, type Refused } from './card.ts'

/** Cards that are refused whenever money is asked for. Source: https://docs.stripe.com/testing#declined-payments */
export function* declineCards(): Generator<[string, Card]> {
  for (const [name, last4, refused] of declines) yield [`pm_card_${name}`, { ...PLAIN, last4, refused }]
}

const declined = (declineCode: string, message = 'Your card was declined.'): Refused => ({
  code: 'card_declined',
  declineCode,
  message,
})
const failed = (code: string, message: string): Refused => ({ code, declineCode: code, message })

export const GENERIC = declined('generic_decline')
export const NO_FUNDS = declined('insufficient_funds', 'Your card has insufficient funds.')
export const FRAUD = declined('fraudulent')
export const BROKEN = failed(
  'processing_error',
  'An error occurred while processing your card. Try again in a little bit.',
)

const declines: readonly (readonly [name: string, last4: string, Refused])[] = [
  ['chargeDeclined', '0002', GENERIC],
  ['chargeDeclinedInsufficientFunds', '9995', NO_FUNDS],
  ['chargeDeclinedLostCard', '9987', declined('lost_card')],
  ['chargeDeclinedStolenCard', '9979', declined('stolen_card')],
  ['chargeDeclinedFraudulent', '0019', FRAUD],
  [
    'chargeDeclinedVelocityLimitExceeded',
    '6975',
    declined(
      'card_velocity_exceeded',
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    ),
  ],
  ['chargeDeclinedExpiredCard', '0069', failed('expired_card', 'Your card has expired.')],
  ['chargeDeclinedIncorrectCvc', '0127', failed('incorrect_cvc', "Your card's security code is incorrect.")],
  ['chargeDeclinedProcessingError', '0119', BROKEN],
  ['chargeCustomerFail', '0341', GENERIC],
  ['chargeCustomerFailLostCard', '0341', declined('lost_card')],
  ['chargeCustomerFailStolenCard', '0341', declined('stolen_card')],
]
