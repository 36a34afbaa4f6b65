import type { Request } from '../../../shared/web/http.ts'
import { answerDispute, closeDispute } from '../deeds/answer-dispute.ts'
import { cancelIntent } from '../deeds/cancel-intent.ts'
import { confirmIntent } from '../deeds/confirm-intent.ts'
import { expireSession } from '../deeds/expire-session.ts'
import { openIntent } from '../deeds/open-intent.ts'
import { openSession } from '../deeds/open-session.ts'
import { refundCharge } from '../deeds/refund-charge.ts'
import type { Ledger } from '../ledger.ts'
import { lockOf } from '../locks.ts'
import { settlingMs } from '../switches.ts'
import type { Post } from './answer-once.ts'
import { findDispute } from './find-dispute.ts'
import type { Deps } from './stripe-routes.ts'

/** What a POST changes, and what decides it. */
export type Planning = (req: Request, deps: Deps) => Pick<Post, 'changes' | 'decide'>

/** What can be done, by path under /v1. */
export const byPath: Record<string, Planning> = {
  '/payment_intents': ({ body }, { switches }) => ({
    decide: (asked) => openIntent(body, asked, settlingMs(switches)),
  }),
  '/payment_intents/:id/confirm': ({ params, body }, { ledger, switches }) => {
    const id = String(params.id)
    const decide: Post['decide'] = (asked) =>
      confirmIntent(id, body ?? {}, asked, ledger.findIntent(id), settlingMs(switches))
    return { changes: lockOf(id, ledger), decide }
  },
  '/payment_intents/:id/cancel': ({ params, body }, { ledger }) => {
    const id = String(params.id)
    const decide: Post['decide'] = (asked) => {
      const intent = ledger.findIntent(id)
      return cancelIntent(id, body ?? {}, asked, intent, ledger.findSession(intent?.opened.sessionId ?? ''))
    }
    return { changes: lockOf(id, ledger), decide }
  },
  '/checkout/sessions': ({ body }) => ({ decide: (asked) => openSession(body, asked) }),
  '/checkout/sessions/:id/expire': ({ params, body }, { ledger }) => {
    const id = String(params.id)
    const decide: Post['decide'] = (asked) => {
      const session = ledger.findSession(id)
      return expireSession(id, body ?? {}, asked, session, ledger.findIntent(session?.intentId ?? ''))
    }
    return { changes: id, decide }
  },
  '/disputes/:id': ({ params, body }, { ledger }) => {
    const id = String(params.id)
    return { ...disputed(id, ledger), decide: (asked) => answerDispute(id, body ?? {}, asked, findDispute(id, ledger)) }
  },
  '/disputes/:id/close': ({ params }, { ledger }) => {
    const id = String(params.id)
    return { ...disputed(id, ledger), decide: (asked) => closeDispute(id, asked, findDispute(id, ledger)) }
  },
  '/refunds': ({ body }, { ledger, switches }) => {
    const decide: Post['decide'] = (asked) => refundCharge(body, asked, ledger, settlingMs(switches))
    return { changes: named(body, ledger), decide }
  },
}

function disputed(id: string, ledger: Ledger): Pick<Post, 'changes'> {
  const intent = ledger.findIntentOf(id)
  return { changes: intent && lockOf(intent.opened.intentId, ledger) }
}

/** The intent that a form of a refund speaks of. */
function named(body: unknown, ledger: Ledger): string | undefined {
  const { payment_intent: id, charge } = typeof body === 'object' && body !== null ? fieldsOf(body) : fieldsOf({})
  if (typeof id === 'string') return lockOf(id, ledger)
  return typeof charge === 'string' ? disputed(charge, ledger).changes : undefined
}

const fieldsOf = (body: { payment_intent?: unknown; charge?: unknown }) => body
