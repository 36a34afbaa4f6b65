import { z } from 'zod'
import type { Request } from '../../../shared/web/http.ts'
import { sessionObject } from '../objects/session-object.ts'
import { seconds } from '../objects/shown.ts'
import { refused } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import { created, isWithin, pageOf, paging, readQuery } from './page-of.ts'
import { missing } from './refusal.ts'
import { answered, expand, idOf, listed, viewFor } from './showing.ts'
import type { Deps } from './stripe-routes.ts'

const query = z.strictObject({
  ...{ ...paging, created },
  payment_intent: z.string().optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
  expand,
})

/** Hosted pages, newest first; that of one intent, if it is asked for. */
export function listSessions(req: Request, deps: Deps): Answer {
  const read = readQuery(query, req.query)
  if (!read.ok) return refused(read.refusal)
  const { payment_intent: intentId, status } = read.data
  const sessions = [...deps.ledger.sessions()].reverse().filter((session) => {
    const isOf = intentId === undefined || session.intentId === intentId
    if (!isWithin(seconds(session.opened.at), read.data.created)) return false
    return isOf && (status === undefined || session.newest.status === status)
  })
  const view = listed(req, deps)
  const show = (session: (typeof sessions)[number]) => sessionObject(session, view)
  return answered(pageOf(sessions, read.data, ({ opened }) => opened.sessionId, show, '/v1/checkout/sessions'))
}

export function showSession(req: Request, deps: Deps): Answer {
  const session = deps.ledger.findSession(idOf(req))
  if (!session) return refused(missing('checkout.session', idOf(req), 404, 'session'))
  return { status: 200, body: sessionObject(session, viewFor(req, deps)) }
}
