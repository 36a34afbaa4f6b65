import { createRouter, type Request, type Response, type Router } from '../../../shared/web/http.ts'
import { inviteBody } from '../../../shared/web/read-body.ts'
import type { Deps as Base } from '../change.ts'
import type { WebhookSender } from '../webhooks/send-webhooks.ts'
import { answerOnce, type Post, type PostAnswer } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import * as plans from './plans.ts'
import type { Showing } from './showing.ts'
import * as shows from './shows.ts'
import {
  answerErrors,
  hold,
  limitRate,
  readForm,
  refuseInOutage,
  requireTestKey,
  send,
  talkNonsense,
  unknownUrl,
} from './stripe-door.ts'

/** `place`: where people find our pages. */
export type Deps = Base & { place: { base: string }; webhooks: WebhookSender | undefined }

/** The part of Stripe's API under /v1 that Orderline uses, with Stripe's statuses and error objects. */
export function stripeRoutes(deps: Deps): Router {
  const { switches, log, place } = deps
  const once = answerOnce(deps)
  const post = (plan: plans.Planning) => async (req: Request, res: Response) => {
    const asked = { key: req.get('idempotency-key'), path: req.path, body: req.body, base: place.base }
    sendOrLose(await once({ ...asked, ...plan(req, deps) } satisfies Post), req, res, deps)
  }
  const show = (find: Showing) => (req: Request, res: Response) => send(res, find(req, deps))

  const router = createRouter()
  router.use(
    refuseInOutage(switches),
    limitRate(switches, log),
    requireTestKey,
    inviteBody,
    readForm,
    talkNonsense(switches, log),
  )
  for (const [path, plan] of Object.entries(plans.byPath)) router.post(path, post(plan))
  for (const [path, find] of Object.entries(shows.byPath)) router.get(path, hold(switches), show(find))
  router.use(unknownUrl, answerErrors(log))
  return router
}

function sendOrLose(answer: PostAnswer, req: Request, res: Response, { switches, log }: Deps): void {
  if (!answer.recorded || Math.random() >= switches.loseAnswers) {
    send(res, answer satisfies Answer)
  } else {
    log.info({ key: req.get('idempotency-key') }, 'answer.lost')
    req.socket.destroy()
  }
}
