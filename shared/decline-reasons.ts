/**
 * Why a card was declined, as far as its holder may know, and in which words. A gateway's code that is not here is told as
 * `card_declined`, for it may say that the card is reported stolen or that somebody suspects fraud, and the one who reads
 * it need not be the holder. The code itself stands in payment's table and log. Source: https://docs.stripe.com/declines/codes
 */
export const declineReasons = {
  card_declined: 'Your bank or card issuer declined the payment.',
  insufficient_funds: 'There was not enough money on the account or card.',
  expired_card: 'The card has expired.',
  incorrect_cvc: 'The security code of the card was not correct.',
  incorrect_number: 'The number of the card was not correct.',
  card_velocity_exceeded: 'The card has been used too often, or for too much, in a short time.',
  card_not_supported: 'The card cannot be used for this kind of purchase.',
  currency_not_supported: 'The card cannot be charged in this currency.',
  authentication_required:
    'Your bank wants you to confirm the payment. Try again, and confirm it when you are asked to.',
  authentication_failed: 'The payment was not confirmed: your bank did not accept it as yours.',
  not_confirmed: 'The payment was not made, or not confirmed, in time.',
  processing_error: 'Something went wrong while the card was charged.',
  unknown_payment_method: 'Our payment provider does not know this means of payment.',
} as const

export type DeclineReason = keyof typeof declineReasons

/** What may be told of a gateway's code. */
export function declineReasonOf(code: string): DeclineReason {
  return isReason(code) ? code : 'card_declined'
}

function isReason(code: string): code is DeclineReason {
  return Object.hasOwn(declineReasons, code)
}
