/** Why a means of payment is refused, in Stripe's codes and words. */
export type Refused = { code: string; declineCode?: string; message: string }

/** What a test token stands for, and what comes of it. Sources: https://docs.stripe.com/testing and …/payments/sepa-debit */
export type Card = {
  type: 'card' | 'sepa_debit'
  brand: string
  country: string
  funding: 'credit' | 'debit' | 'prepaid'
  last4: string
  /** Its holder has to confirm: where he is there, always, or only where the shop asks for it. */
  challenge?: 'onSession' | 'always' | 'onRequest'
  /** What is said once money is asked for, so after a challenge. */
  refused?: Refused
  /** What the bank says when it is asked for a challenge. */
  challengeRefused?: Refused
  riskLevel?: 'elevated' | 'highest'
  checks?: { cvc?: Check; line1?: Check; zip?: Check }
  /** Refunds are pending at first, or fail later. */
  refunds?: 'pending' | 'fail'
  /** What its holder complains of afterwards. */
  disputes?: readonly { reason: string; isInquiry?: boolean }[]
  /** Its issuer warns of fraud afterwards. */
  isWarnedOf?: boolean
  /** The money comes later, or does not come: until then the payment is being processed. */
  settles?: { how: 'well' | 'badly'; isSlow: boolean; refused?: Refused }
}

export type Check = 'pass' | 'fail' | 'unavailable'

export const PLAIN = { type: 'card', brand: 'visa', country: 'US', funding: 'credit', last4: '4242' } as const
