import type { Entry } from '../entry.ts'
import type { Told } from '../events.ts'
import { asOf, type Intent } from '../intent.ts'
import { sessionAsOf } from '../session.ts'
import { attemptOf, chargeObject } from './charge-object.ts'
import { disputeObject } from './dispute-object.ts'
import { intentObject } from './intent-object.ts'
import { refundObject } from './refund-object.ts'
import { sessionObject } from './session-object.ts'
import { seconds, type View } from './shown.ts'

/** The version of Stripe's API that objects are shown by: that of the SDK we use. */
export const API_VERSION = '2026-10-28.endive'

/** An Event of Stripe's API, with the object as it was then. `owed`: how many webhooks of it have not arrived. */
export function eventObject({ id, type, entry }: Told, view: View, owed: number): object {
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: seconds(entry.at),
    data: { object: snapshot(type, entry, { ...view, isWanted: () => false }) },
    livemode: false,
    pending_webhooks: owed,
    request: { id: null, idempotency_key: entry.key ?? null },
    type,
  }
}

function snapshot(type: string, entry: Entry, view: View): object {
  if (entry.kind === 'session' || type.startsWith('checkout.session.')) return sessionThen(entry, view)
  const intent = asOf(intentFor(entry, view), entry)
  if (type.startsWith('payment_intent.')) return intentObject(intent, view)
  if (entry.kind === 'dispute') return disputeObject(entry)
  if (entry.kind === 'refund' && type !== 'charge.refunded') return refundObject(entry)
  if (type.startsWith('radar.')) return warningObject(entry, intent)
  const attempt = attemptOf(intent)
  if (!attempt) throw new Error(`${type} of ${entry.intentId}, which has no charge`)
  return chargeObject(attempt, intent, view)
}

function sessionThen(entry: Entry, view: View): object {
  const session = view.ledger.findSession(('sessionId' in entry ? entry.sessionId : undefined) ?? '')
  if (!session) throw new Error(`a ${entry.kind} of a session that was never opened`)
  if (entry.kind === 'session') return sessionObject(sessionAsOf(session, entry), view)
  return sessionObject({ ...session, isPaid: entry.kind === 'charge' }, view)
}

function intentFor({ intentId }: Entry, { ledger }: View): Intent {
  const intent = ledger.findIntent(intentId ?? '')
  if (!intent) throw new Error(`${intentId} was never opened`)
  return intent
}

function warningObject(entry: Entry, intent: Intent): object {
  return {
    id: `issfr_${entry.intentId?.slice(3)}`,
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: attemptOf(intent)?.chargeId,
    created: seconds(entry.at),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    payment_intent: entry.intentId,
  }
}
