import { z } from 'zod'
import { createRouter, parseBody, type Request, type Response, type Router } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import { refused } from './api/answer-once.ts'
import { answerTo } from './api/answer-to.ts'
import { findDispute } from './api/find-dispute.ts'
import { missing, refuse, type Verdict } from './api/refusal.ts'
import { send } from './api/stripe-door.ts'
import type { Deps } from './api/stripe-routes.ts'
import { change } from './change.ts'
import { openDispute, turnDispute } from './deeds/dispute-charge.ts'
import { refundOf } from './deeds/refund-charge.ts'
import type { Asked } from './entry.ts'
import type { Intent } from './intent.ts'
import { lockOf } from './locks.ts'
import { settlingMs } from './switches.ts'

const amountCents = z.int().positive().optional()
const refund = z.strictObject({
  paymentIntent: z.string(),
  amountCents,
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
})
const dispute = z.strictObject({
  paymentIntent: z.string(),
  amountCents,
  reason: z.string().default('fraudulent'),
  isInquiry: z.boolean().optional(),
})
const turn = z.strictObject({ status: z.enum(['under_review', 'won', 'lost', 'escalated']) })

/**
 * What people do at the gateway by hand, as in Stripe's dashboard, or a bank does: JSON in, Stripe's objects out. The shop
 * is told by events alone.
 */
export function dashboardRoutes(deps: Deps): Router {
  const { ledger, switches } = deps
  const router = createRouter()
  router.post('/refunds', readJson, (req: Request, res: Response) => {
    const { paymentIntent, amountCents, reason } = parseBody(refund, req.body)
    const wanted = { amountCents, reason, metadata: {} }
    return act(paymentIntent, (intent, asked) => refundOf(intent, wanted, asked, settlingMs(switches)), res, deps)
  })
  router.post('/disputes', readJson, (req: Request, res: Response) => {
    const { paymentIntent, ...complaint } = parseBody(dispute, req.body)
    return act(paymentIntent, (intent, asked) => openDispute(intent, complaint, asked), res, deps)
  })
  router.post('/disputes/:id', readJson, (req: Request, res: Response) => {
    const id = String(req.params.id)
    const { status } = parseBody(turn, req.body)
    const decide = (_intent: Intent, asked: Asked): Verdict => {
      const found = findDispute(id, ledger)
      return found ? turnDispute(found, status, asked) : refuse(missing('dispute', id, 404))
    }
    return act(ledger.findIntentOf(id)?.opened.intentId ?? id, decide, res, deps)
  })
  return router
}

async function act(
  id: string,
  decide: (intent: Intent, asked: Asked) => Verdict,
  res: Response,
  deps: Deps,
): Promise<void> {
  const { ledger, place } = deps
  const outcome = await change(deps, lockOf(id, ledger), (at) => {
    const intent = ledger.findIntent(id)
    return intent ? decide(intent, { at }) : refuse(missing('payment_intent', id, 404))
  })
  if (outcome.ok) send(res, answerTo(outcome.entry, { ledger, base: place.base, body: {} }))
  else send(res, refused(outcome.refusal))
}
