import { refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import { cardOf } from '../cards/deck.ts'
import type { Asked, Decline, Open } from '../entry.ts'
import { type Intent, stepOf } from '../intent.ts'
import { collect, factsOf, REFUSED_BY_HOLDER } from './attempt.ts'
import { completing } from './complete-session.ts'

/** Decides what comes of a challenge when the card's holder has confirmed, or refused. */
export function answerChallenge(
  challengeId: string,
  isConfirmed: boolean,
  asked: Asked,
  intent: Intent,
  settleMs: number,
): Verdict {
  const open = openChallenge(intent, challengeId)
  if (!open) return refuse(unexpectedState('This payment is not waiting for a confirmation.'))
  const { paymentMethod, card } = open
  const facts = { ...asked, ...factsOf(intent.opened) }
  const decline: Decline = { ...facts, kind: 'decline', paymentMethod, ...REFUSED_BY_HOLDER }
  return { ok: true, entries: completing(isConfirmed ? collect(facts, paymentMethod, card, settleMs, true) : decline) }
}

/** The challenge that an intent waits for, if it is this one. */
export function openChallenge(intent: Intent, challengeId: string) {
  const step = stepOf(intent)
  if (step.kind !== 'open' || step.status !== 'requires_action' || step.challengeId !== challengeId) return undefined
  const { paymentMethod = '' } = step
  const card = cardOf(paymentMethod)
  return card && { step, paymentMethod, card }
}

/** The line that asked for a challenge, also when it is over. */
export function challengeIn({ lines }: Intent, challengeId: string): Open | undefined {
  return lines.filter((line) => line.kind === 'open').find((line) => line.challengeId === challengeId)
}
