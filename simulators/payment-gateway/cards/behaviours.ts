import { type Card, PLAIN } from './card.ts'
import { BROKEN, FRAUD, GENERIC, NO_FUNDS } from './declines.ts'

/** Cards that ask their holder, look like fraud, fail a check, or make trouble afterwards. Source: docs.stripe.com/testing */
export function* behaviours(): Generator<[string, Card]> {
  for (const [name, how] of [...threeDSecure, ...radar, ...afterwards, ...balance])
    yield [`pm_card_${name}`, { ...PLAIN, ...how }]
}

type Row = readonly [name: string, how: Partial<Card>]

const threeDSecure: readonly Row[] = [
  ['authenticationRequired', { last4: '3184', challenge: 'always' }],
  ['authenticationRequiredOnSetup', { last4: '3155', challenge: 'always' }], // nothing is ever set up here
  ['authenticationRequiredSetupForOffSession', { last4: '0446', challenge: 'onSession' }],
  ['authenticationRequiredChargeDeclinedInsufficientFunds', { last4: '3178', challenge: 'always', refused: NO_FUNDS }],
  ['threeDSecure2Required', { last4: '3220', country: 'IE', challenge: 'always' }],
  ['threeDSecureRequired', { last4: '3063', challenge: 'always' }],
  ['threeDSecureRequiredChargeDeclined', { last4: '1629', challenge: 'always', refused: GENERIC }],
  ['threeDSecureRequiredProcessingError', { last4: '1280', challenge: 'always', challengeRefused: BROKEN }],
  ['threeDSecureOptional', { last4: '3055', challenge: 'onRequest' }],
  ['threeDSecureOptionalProcessingError', { last4: '3097', challenge: 'onRequest', challengeRefused: BROKEN }],
  ['adaptive3dsChallenge', { last4: '0003', challenge: 'onRequest' }],
]

/** Radar as it is set at first: what is of the highest risk is blocked, and nothing else. */
const radar: readonly Row[] = [
  ['radarBlock', { last4: '0019', riskLevel: 'highest', refused: FRAUD }],
  ['riskLevelHighest', { last4: '4954', riskLevel: 'highest', refused: FRAUD }],
  ['riskLevelElevated', { last4: '9235', riskLevel: 'elevated' }],
  ['highFraudDisputeScore', { last4: '0407' }],
  ['highEfwScore', { last4: '0159' }],
  ['radarDynamicRiskThreshold', { last4: '1017' }],
  ['freeTrialAbuseBlock', { last4: '3804' }],
  ['cvcCheckFail', { last4: '0101', checks: { cvc: 'fail' } }],
  ['avsZipFail', { last4: '0036', checks: { zip: 'fail' } }],
  ['avsLine1Fail', { last4: '0028', checks: { line1: 'fail' } }],
  ['avsFail', { last4: '0010', checks: { zip: 'fail', line1: 'fail' } }],
  ['avsUnchecked', { last4: '0044', checks: { zip: 'unavailable', line1: 'unavailable' } }],
  ['cvcCheckFailElevatedRisk', { last4: '7872', checks: { cvc: 'fail' }, riskLevel: 'elevated' }],
  ['avsZipFailElevatedRisk', { last4: '6072', checks: { zip: 'fail' }, riskLevel: 'elevated' }],
]

const fraudulent = { reason: 'fraudulent' }
const noncompliant = { reason: 'noncompliant' }

const afterwards: readonly Row[] = [
  ['createDispute', { last4: '0259', disputes: [fraudulent] }],
  ['createDisputeProductNotReceived', { last4: '2685', disputes: [{ reason: 'product_not_received' }] }],
  ['createDisputeInquiry', { last4: '1976', disputes: [{ ...fraudulent, isInquiry: true }] }],
  ['createMultipleDisputes', { last4: '0079', disputes: [fraudulent, { reason: 'product_not_received' }] }],
  ['createCe3EligibleDispute', { last4: '0038', disputes: [fraudulent] }],
  ['createComplianceDispute', { last4: '0779', disputes: [noncompliant] }],
  ['createMastercardComplianceDispute', { brand: 'mastercard', last4: '0002', disputes: [noncompliant] }],
  ['createAutoRepresentmentEligibleDispute', { last4: '0043', disputes: [fraudulent] }],
  ['createIssuerFraudRecord', { last4: '5423', isWarnedOf: true }],
  ['pendingRefund', { last4: '7726', refunds: 'pending' }],
  ['refundFail', { last4: '5126', refunds: 'fail' }],
]

/** Where the money goes first makes no difference to a shop. */
const balance: readonly Row[] = [
  ['bypassPending', { last4: '0077' }],
  ['bypassPendingInternational', { last4: '0278', country: 'IE' }],
  ['domesticPricing', { last4: '0077' }],
]
