import { z } from 'zod'
import type { Decline, Entry } from '../entry.ts'
import { asOf, type Intent } from '../intent.ts'
import type { Ledger } from '../ledger.ts'
import { disputeObject } from '../objects/dispute-object.ts'
import { errorObject, intentObject } from '../objects/intent-object.ts'
import { refundObject } from '../objects/refund-object.ts'
import { sessionObject } from '../objects/session-object.ts'
import type { View } from '../objects/shown.ts'
import { sessionAsOf } from '../session.ts'

export type Answer = { status: number; body: object; headers?: Record<string, string> }

type Asking = { ledger: Ledger; base: string; body: unknown }

/**
 * What the request that wrote `entry` is answered, the first time and on every replay: it depends on the
 * entry and those before it alone, so the ledger need not store answers.
 */
export function answerTo(entry: Entry, { ledger, base, body }: Asking): Answer {
  const view = viewOf(ledger, base, body)
  switch (entry.kind) {
    case 'open':
    case 'charge':
    case 'cancel':
      return { status: 200, body: intentObject(asOf(intentFor(entry, ledger), entry), view) }
    case 'decline':
      return declined(entry, asOf(intentFor(entry, ledger), entry), view)
    case 'refund':
      return { status: 200, body: refundObject(entry) }
    case 'dispute':
      return { status: 200, body: disputeObject(entry) }
    case 'session':
      return { status: 200, body: sessionObject(sessionAsOf(sessionFor(entry, ledger), entry), view) }
  }
}

const wanting = z.looseObject({ expand: z.array(z.string()).default([]) })

/** How a request wants to see what it is answered: `expand` of its form or its query names what shall be given in full. */
export function viewOf(ledger: Ledger, base: string, fields: unknown): View {
  const wanted = wanting.safeParse(fields).data?.expand ?? []
  return { ledger, base, isWanted: (path) => wanted.some((one) => one === path || one.startsWith(`${path}.`)) }
}

function declined(entry: Decline, intent: Intent, view: View): Answer {
  return { status: 402, body: { error: { ...errorObject(entry), payment_intent: intentObject(intent, view) } } }
}

function intentFor({ intentId }: Entry, ledger: Ledger): Intent {
  const intent = ledger.findIntent(intentId ?? '')
  if (!intent) throw new Error(`${intentId} was never opened`)
  return intent
}

function sessionFor({ sessionId }: { sessionId: string }, ledger: Ledger) {
  const session = ledger.findSession(sessionId)
  if (!session) throw new Error(`${sessionId} was never opened`)
  return session
}
