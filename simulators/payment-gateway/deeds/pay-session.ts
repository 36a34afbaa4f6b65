import { refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import type { Asked } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import { newId } from '../new-id.ts'
import type { Session } from '../session.ts'
import { attempt, type Facts } from './attempt.ts'
import { completing } from './complete-session.ts'
import { cardFor, isRefusal } from './terms.ts'

/** Decides what comes of paying on a hosted page: its intent is made with the first attempt, and kept for the next. */
export function paySession(
  session: Session,
  intent: Intent | undefined,
  token: string,
  returnUrl: string,
  asked: Asked,
  settleMs: number,
): Verdict {
  const status = intent && statusOf(intent)
  if (session.newest.status !== 'open' || status === 'succeeded' || status === 'processing' || status === 'canceled')
    return refuse(unexpectedState('This Checkout Session is not open.'))
  const facts = factsOf(session, intent, asked)
  const card = cardFor(facts, token)
  if (isRefusal(card)) return refuse(card)
  const way = { isOffSession: false, isActionError: false, isChallengeAsked: false, returnUrl }
  return { ok: true, entries: completing(attempt(facts, token, card, way, settleMs)) }
}

function factsOf({ opened, terms }: Session, intent: Intent | undefined, asked: Asked): Facts {
  const { orderId, amountCents, currency, sessionId } = opened
  const intentId = intent?.opened.intentId ?? newId('pi')
  const { metadata, description, methods } = terms
  return { ...asked, orderId, metadata, intentId, amountCents, currency, sessionId, description, methods }
}
