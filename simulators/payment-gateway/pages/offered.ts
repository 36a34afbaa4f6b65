/** The test cards that a hosted page offers, and what comes of each. */
export const offered: readonly (readonly [token: string, label: string])[] = [
  ['pm_card_visa', 'A card that works'],
  ['pm_card_authenticationRequired', 'A card whose bank asks you to confirm'],
  ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', 'Asks you to confirm, and has no money then'],
  ['pm_card_chargeDeclined', 'A card that is declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'Not enough money'],
  ['pm_card_chargeDeclinedExpiredCard', 'Expired'],
  ['pm_success_de', 'A direct debit, which takes a moment'],
  ['pm_failedDelayed_de', 'A direct debit that fails later'],
  ['pm_card_createDispute', 'Works, and is disputed later'],
  ['pm_card_refundFail', 'Works, but cannot be refunded'],
]
