import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import { type Express, Problem, type Request, type Response } from '../../shared/web/http.ts'
import { createRateLimit } from '../../shared/web/rate-limit.ts'
import { readBytes } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'
import type { Happening } from './gateway.ts'
import { NotSigned, NotUnderstood, readWebhook } from './stripe-events.ts'
import { noteTold } from './told.ts'

type Deps = { publish: Publish<Client>; secrets: readonly string[] | undefined; log: Logger }

/** Counted by client: what is signed is never limited. */
const UNSIGNED = {
  name: 'unsigned-webhooks',
  quota: 60,
  windowS: 60,
  refusal: 'There were too many unsigned webhooks.',
}

/** `POST /webhooks/stripe`: notes what the gateway tells, and answers when that is on disk. What is done about it comes later. */
export function mountWebhookDoor(app: Express, { publish, secrets, log }: Deps): void {
  const note = groupCommit<Client, Happening, null>(publish, noteAll, 'beside')
  const unsigned = createRateLimit(UNSIGNED)
  app.post('/webhooks/stripe', async (req: Request, res: Response) => {
    if (secrets === undefined) throw noSecret()
    const happening = await readSigned(req, res, secrets).catch(async (error: unknown) => {
      if (error instanceof NotUnderstood) throw notUnderstood(error, log)
      if (!(error instanceof NotSigned)) throw error
      await unsigned.take(clientOf(req))
      log.warn({ reason: error.message }, 'webhook.refused')
      throw new Problem(400, 'Bad request', 'The webhook is not signed by the payment gateway.')
    })
    if (happening !== null) await note(happening)
    // crash point: webhook noted
    res.json({ received: true })
  })
}

async function noteAll(tx: Client, happenings: Happening[], emit: Emit): Promise<null[]> {
  await noteTold(tx, happenings, emit)
  return happenings.map(() => null)
}

/** The signature is over bytes. */
async function readSigned(req: Request, res: Response, secrets: readonly string[]): Promise<Happening | null> {
  const body = await readBytes(req, res)
  return readWebhook(body, req.get('stripe-signature') ?? '', secrets)
}

function notUnderstood({ message: reason }: NotUnderstood, log: Logger): Problem {
  log.warn({ reason }, 'webhook.not_understood')
  return new Problem(400, 'Bad request', 'The webhook is signed, and is no event of the payment gateway.')
}

const noSecret = () =>
  new Problem(503, 'Service unavailable', 'STRIPE_WEBHOOK_SECRET is not set: nobody can tell who signed this.')
