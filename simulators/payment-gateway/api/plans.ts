import type { Request } from '../../../shared/web/http.ts'
import { cancelIntent } from '../deeds/cancel-intent.ts'
import { confirmIntent } from '../deeds/confirm-intent.ts'
import { openIntent } from '../deeds/open-intent.ts'
import { refundCharge } from '../deeds/refund-charge.ts'
import { lockOf } from '../locks.ts'
import type { Post } from './answer-once.ts'
import type { Deps } from './stripe-routes.ts'

/** What a POST changes, and what decides it. */
export type Planning = (req: Request, deps: Deps) => Pick<Post, 'changes' | 'decide'>

/** What can be done, by path under /v1. */
export const byPath: Record<string, Planning> = {
  '/payment_intents': ({ body }, { switches }) => ({
    decide: (asked) => openIntent(body, asked, switches.settleMs),
  }),
  '/payment_intents/:id/confirm': ({ params, body }, { ledger, switches }) => {
    const id = String(params.id)
    const decide: Post['decide'] = (asked) =>
      confirmIntent(id, body ?? {}, asked, ledger.findIntent(id), switches.settleMs)
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
  '/refunds': ({ body }, { ledger, switches }) => {
    const decide: Post['decide'] = (asked) => refundCharge(body, asked, ledger, switches.settleMs)
    return { changes: named(body, ledger), decide }
  },
}

/** The intent that a form of a refund speaks of. */
function named(body: unknown, ledger: Deps['ledger']): string | undefined {
  const { payment_intent: id, charge } = typeof body === 'object' && body !== null ? fieldsOf(body) : fieldsOf({})
  if (typeof id === 'string') return lockOf(id, ledger)
  return typeof charge === 'string' ? ledger.findIntentOf(charge)?.opened.intentId : undefined
}

const fieldsOf = (body: { payment_intent?: unknown; charge?: unknown }) => body
