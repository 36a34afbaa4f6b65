import { z } from 'zod'
import type { Request } from '../../../shared/web/http.ts'
import { findEvent } from '../events.ts'
import type { Intent } from '../intent.ts'
import { attemptOf, chargeObject } from '../objects/charge-object.ts'
import { eventObject } from '../objects/event-object.ts'
import { intentObject } from '../objects/intent-object.ts'
import { seconds } from '../objects/shown.ts'
import { nowAt } from '../switches.ts'
import { refused } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import { eventQuery, listEvents } from './list-events.ts'
import { created, isWithin, page, pageOf, paging, readQuery } from './page-of.ts'
import { missing } from './refusal.ts'
import { searchIntents } from './search-intents.ts'
import { listDisputes, listRefunds, showDispute, showRefund } from './show-parts.ts'
import { listSessions, showSession } from './show-sessions.ts'
import { answered, expand, idOf, listed, type Showing, viewFor } from './showing.ts'
import type { Deps } from './stripe-routes.ts'

/** What can be looked at, by path under /v1. */
export const byPath: Record<string, Showing> = {
  '/payment_intents': listIntents,
  '/payment_intents/search': (req, deps) => searchIntents(req.query, listed(req, deps), deps),
  '/payment_intents/:id': showIntent,
  '/charges/:id': showCharge,
  '/refunds': listRefunds,
  '/refunds/:id': showRefund,
  '/disputes': listDisputes,
  '/disputes/:id': showDispute,
  '/checkout/sessions': listSessions,
  '/checkout/sessions/:id': showSession,
  '/events': showEvents,
  '/events/:id': showEvent,
}

function showIntent(req: Request, deps: Deps): Answer {
  const intent = deps.ledger.findIntent(idOf(req))
  if (!intent) return refused(missing('payment_intent', idOf(req), 404, 'intent'))
  return { status: 200, body: intentObject(intent, viewFor(req, deps)) }
}

function listIntents(req: Request, deps: Deps): Answer {
  const read = readQuery(z.strictObject({ ...paging, created, expand }), req.query)
  if (!read.ok) return refused(read.refusal)
  const isWanted = ({ opened }: Intent) => isWithin(seconds(opened.at), read.data.created)
  const intents = [...deps.ledger.intents()].reverse().filter(isWanted)
  const view = listed(req, deps)
  return answered(pageOf(intents, read.data, intentId, (intent) => intentObject(intent, view), '/v1/payment_intents'))
}

const intentId = ({ opened }: Intent) => opened.intentId

function showCharge(req: Request, deps: Deps): Answer {
  const intent = deps.ledger.findIntentOf(idOf(req))
  const attempt = intent && attemptOf(intent, idOf(req))
  if (!intent || !attempt) return refused(missing('charge', idOf(req), 404))
  return { status: 200, body: chargeObject(attempt, intent, viewFor(req, deps)) }
}

function showEvents(req: Request, deps: Deps): Answer {
  const read = readQuery(eventQuery, req.query)
  if (!read.ok) return refused(read.refusal)
  const found = listEvents(read.data, deps.ledger, nowAt(deps.switches))
  if ('error' in found) return refused(found)
  const owed = deps.webhooks?.owed()
  const events = found.data.map((told) => eventObject(told, listed(req, deps), owed?.get(told.id) ?? 0))
  return { status: 200, body: page(events, found.has_more, '/v1/events') }
}

function showEvent(req: Request, deps: Deps): Answer {
  const told = findEvent(idOf(req), deps.ledger)
  if (!told) return refused(missing('event', idOf(req), 404))
  return { status: 200, body: eventObject(told, viewFor(req, deps), deps.webhooks?.owed().get(told.id) ?? 0) }
}
