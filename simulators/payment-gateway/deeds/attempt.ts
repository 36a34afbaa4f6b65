import type { Card, Refused } from '../cards/card.ts'
import type { Asked, Charge, Decline, Open } from '../entry.ts'
import { newId } from '../new-id.ts'

/** Of which payment an attempt is one. */
export type Facts = Asked & Pick<Open, FactNames>
type FactNames = (typeof factNames)[number]

const factNames = [
  ...(['orderId', 'metadata', 'intentId', 'amountCents', 'currency'] as const),
  ...(['sessionId', 'description', 'redirects', 'methods'] as const),
]

/** What stays the same from attempt to attempt of one intent. */
export function factsOf(opened: Pick<Open, FactNames>): Pick<Open, FactNames> {
  const { orderId, metadata, intentId, amountCents, currency, sessionId, description, redirects, methods } = opened
  return { orderId, metadata, intentId, amountCents, currency, sessionId, description, redirects, methods }
}

/** How it is to be done. `isActionError`: to be refused if its holder would have to confirm. */
export type Way = {
  isOffSession: boolean
  isActionError: boolean
  isChallengeAsked: boolean
  returnUrl?: string | undefined
}

/** What comes of an attempt to pay: money, a refusal, or a state between. `settleMs` is how long slow things take. */
export function attempt(
  facts: Facts,
  paymentMethod: string,
  card: Card,
  way: Way,
  settleMs: number,
): Open | Charge | Decline {
  if (!isChallenged(card, way)) return collect(facts, paymentMethod, card, settleMs)
  const { challengeRefused } = card
  if (challengeRefused) return { ...facts, kind: 'decline', paymentMethod, chargeId: newId('ch'), ...challengeRefused }
  if (way.isOffSession || way.isActionError)
    return { ...facts, kind: 'decline', paymentMethod, chargeId: newId('ch'), ...NEEDS_CONFIRMATION }
  const challenge = { challengeId: newId('src'), returnUrl: way.returnUrl }
  return { ...facts, kind: 'open', status: 'requires_action', paymentMethod, ...challenge }
}

/** What comes of it once its holder need not be asked, or has confirmed. */
export function collect(
  facts: Facts,
  paymentMethod: string,
  card: Card,
  settleMs: number,
  isConfirmed?: true,
): Open | Charge | Decline {
  const all = { ...facts, paymentMethod, chargeId: newId('ch'), ...(isConfirmed && { isConfirmed }) }
  if (card.refused) return { ...all, kind: 'decline', ...card.refused }
  if (card.settles)
    return { ...all, kind: 'open', status: 'processing', laterAt: facts.at + (card.settles.isSlow ? settleMs : 0) }
  return { ...all, kind: 'charge', ...(card.disputes && { laterAt: facts.at + settleMs }) }
}

function isChallenged({ challenge }: Card, { isOffSession, isChallengeAsked }: Way): boolean {
  if (challenge === undefined) return false
  if (challenge === 'always') return true
  return challenge === 'onSession' ? !isOffSession : isChallengeAsked && !isOffSession
}

const NEEDS_CONFIRMATION: Refused = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

/** What is said where the holder refuses. */
export const REFUSED_BY_HOLDER: Refused = {
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to ' +
    'attempt to fulfill this PaymentIntent again.',
}
