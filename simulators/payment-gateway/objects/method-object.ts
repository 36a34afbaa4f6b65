import { type Card, PLAIN } from '../cards/card.ts'
import { cardOf } from '../cards/deck.ts'
import { seconds } from './shown.ts'

/** A PaymentMethod of Stripe's API; ours are known by the token they were given as. */
export function methodObject(token: string, at: number): object {
  const card = cardOf(token) ?? PLAIN
  return {
    id: token,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: BILLING,
    ...(card.type === 'card' ? { card: cardDetails(card) } : { sepa_debit: debitDetails(card) }),
    created: seconds(at),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: card.type,
  }
}

const ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
export const BILLING = { address: ADDRESS, email: null, name: null, phone: null, tax_id: null }

const EXPIRES = { exp_month: 12, exp_year: 2034 }

/** What is said of a card wherever it is shown. */
export function cardDetails(card: Card): object {
  const { brand, country, funding, last4, challenge } = card
  return {
    ...{ brand, country, funding, last4, ...EXPIRES, fingerprint: null },
    checks: checksOf(card),
    networks: { available: [brand], preferred: null },
    three_d_secure_usage: { supported: challenge !== undefined || brand !== 'amex' },
    wallet: null,
  }
}

export function debitDetails({ country, last4 }: Card): object {
  return { bank_code: '37040044', branch_code: '', country, fingerprint: null, last4 }
}

/** What was not sent is not checked; a test token sends the code, and an address only where its name speaks of one. */
export function checksOf({ checks = {} }: Pick<Card, 'checks'>): object {
  return {
    address_line1_check: checks.line1 ?? null,
    address_postal_code_check: checks.zip ?? null,
    cvc_check: checks.cvc ?? 'pass',
  }
}
