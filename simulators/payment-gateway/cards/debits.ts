import type { Card, Refused } from './card.ts'

/**
 * Direct debits (SEPA), whose money comes later or not at all: the payment is `processing` until then. Euros alone.
 * Source: https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test
 */
export function* debits(): Generator<[string, Card]> {
  for (const country of COUNTRIES.split(' '))
    for (const [name, how] of cases)
      yield [`pm_${name}_${country}`, { ...DEBIT, country: country.toUpperCase(), ...how }]
}

const COUNTRIES = 'at be hr ee fi fr de gi ie li lt lu nl no pt es se ch gb'
const DEBIT = { type: 'sepa_debit', brand: 'sepa_debit', funding: 'debit', last4: '3201' } as const

const FAILED: Refused = { code: 'payment_intent_payment_attempt_failed', message: 'The payment failed.' }
const NO_FUNDS: Refused = { code: 'insufficient_funds', message: 'The account has insufficient funds.' }
const over = (code: string): Refused => ({ code, message: 'The payment exceeds the limit of this account.' })

const cases: readonly (readonly [name: string, how: Partial<Card>])[] = [
  ['success', { settles: { how: 'well', isSlow: false } }],
  ['successDelayed', { last4: '3204', settles: { how: 'well', isSlow: true } }],
  ['failed', { last4: '3202', settles: { how: 'badly', isSlow: false, refused: FAILED } }],
  ['failedDelayed', { last4: '3205', settles: { how: 'badly', isSlow: true, refused: FAILED } }],
  ['disputed', { last4: '3203', settles: { how: 'well', isSlow: false }, disputes: [{ reason: 'general' }] }],
  [
    'exceedsWeeklyVolumeLimit',
    { settles: { how: 'badly', isSlow: false, refused: over('charge_exceeds_source_limit') } },
  ],
  [
    'exceedsWeeklyTransactionLimit',
    { settles: { how: 'badly', isSlow: false, refused: over('charge_exceeds_weekly_limit') } },
  ],
  ['insufficientFunds', { settles: { how: 'badly', isSlow: false, refused: NO_FUNDS } }],
]
