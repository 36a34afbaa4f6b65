import { z } from 'zod'
import { expand } from '../api/form.ts'
import { invalid, invalidForm, missing, refuse, type Verdict } from '../api/refusal.ts'
import type { Asked, Entry, SessionLine } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import type { Session } from '../session.ts'
import { cancelled } from './cancel-intent.ts'

const form = z.strictObject({ expand })

/** Decides a POST to /v1/checkout/sessions/:id/expire. */
export function expireSession(
  sessionId: string,
  body: unknown,
  asked: Asked,
  session: Session | undefined,
  intent: Intent | undefined,
): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  if (!session) return refuse(missing('checkout.session', sessionId, 404, 'session'))
  if (session.newest.status !== 'open') return refuse(invalid(notOpen(session.newest.status)))
  return { ok: true, entries: expired(session, intent, asked) }
}

/** The lines that end a hosted page, and with it the intent that it has made, if it did. */
export function expired({ opened }: Session, intent: Intent | undefined, asked: Asked): [Entry, ...Entry[]] {
  const { orderId, metadata, amountCents, currency, sessionId } = opened
  const intentId = intent?.opened.intentId
  const facts = { orderId, metadata, amountCents, currency, sessionId, intentId }
  const end: SessionLine = { ...asked, ...facts, kind: 'session', status: 'expired' }
  if (!intent || statusOf(intent) === 'canceled') return [end]
  return [end, cancelled(intent, { at: asked.at }, 'automatic')]
}

const notOpen = (status: string) =>
  `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${status}.`
