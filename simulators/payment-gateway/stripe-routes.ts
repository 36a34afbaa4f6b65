import { createRouter, type Request, type Response, type Router } from '../../shared/web/http.ts'
import { inviteBody } from '../../shared/web/read-body.ts'
import { answerOnce, type Deps, type Post, type PostAnswer, refused } from './answer-once.ts'
import { cancelIntent } from './cancel-intent.ts'
import { chargeCard } from './charge-card.ts'
import type { Ledger } from './ledger.ts'
import { refundCharge } from './refund-charge.ts'
import { missing } from './refusal.ts'
import {
  answerErrors,
  hold,
  limitRate,
  readForm,
  refuseInOutage,
  requireTestKey,
  send,
  unknownUrl,
} from './stripe-door.ts'
import { type Answer, paymentIntent, refundObject } from './stripe-objects.ts'

/** The part of Stripe's API under /v1 that Orderline uses, with Stripe's statuses and error objects. */
export function stripeRoutes(deps: Deps): Router {
  const { ledger, switches, log } = deps
  const once = answerOnce(deps)
  const post = (plan: (req: Request, ledger: Ledger) => Plan) => async (req: Request, res: Response) =>
    sendOrLose(await once({ ...asPost(req), ...plan(req, ledger) }), req, res, deps)
  const show = (find: (id: string, ledger: Ledger) => Answer) => (req: Request, res: Response) =>
    send(res, find(String(req.params.id), ledger))

  const router = createRouter()
  router.use(refuseInOutage(switches), limitRate(switches, log), requireTestKey, inviteBody, readForm)
  router.post('/payment_intents', post(planCharge))
  router.post('/payment_intents/:id/cancel', post(planCancel))
  router.post('/refunds', post(planRefund))
  router.get('/payment_intents/:id', hold(switches), show(showIntent))
  router.get('/refunds/:id', hold(switches), show(showRefund))
  router.use(unknownUrl, answerErrors(log))
  return router
}

type Plan = Pick<Post, 'changes' | 'decide'>

function planCharge({ body }: Request): Plan {
  return { decide: (asked) => chargeCard(body, asked) }
}

function planCancel({ params, body }: Request, ledger: Ledger): Plan {
  const id = String(params.id)
  return { changes: id, decide: (asked) => cancelIntent(id, body ?? {}, asked, ledger.findIntent(id)) }
}

function planRefund({ body }: Request, ledger: Ledger): Plan {
  const id: unknown = body?.payment_intent
  const changes = typeof id === 'string' ? id : undefined
  return { changes, decide: (asked) => refundCharge(body, asked, ledger.findIntent) }
}

function asPost(req: Request): Omit<Post, 'decide'> {
  return { key: req.get('idempotency-key'), path: req.path, body: req.body }
}

function sendOrLose(answer: PostAnswer, req: Request, res: Response, { switches, log }: Deps): void {
  if (!answer.recorded || Math.random() >= switches.loseAnswers) {
    send(res, answer)
  } else {
    log.info({ key: req.get('idempotency-key') }, 'answer.lost')
    req.socket.destroy()
  }
}

function showIntent(id: string, ledger: Ledger): Answer {
  const intent = ledger.findIntent(id)
  if (!intent) return refused(missing('payment_intent', id, 404, 'intent'))
  return { status: 200, body: paymentIntent(intent.opened, intent.cancelled) }
}

function showRefund(id: string, ledger: Ledger): Answer {
  const refund = ledger.findRefund(id)
  return refund ? { status: 200, body: refundObject(refund) } : refused(missing('refund', id, 404))
}
