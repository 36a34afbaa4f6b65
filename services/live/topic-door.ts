import type { Logger } from '../../shared/logger.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import type { Position } from '../../shared/topics.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import type { CustomerSession, CustomerSessions } from '../../shared/web/customer-session.ts'
import { holdAnswers } from '../../shared/web/held-answers.ts'
import type { Request, Response } from '../../shared/web/http.ts'
import { createRateLimit, type Policy } from '../../shared/web/rate-limit.ts'
import { createTeller } from '../../shared/web/tell-refused.ts'
import type { KnowsSale } from './known-sales.ts'
import type { Asked } from './live-request.ts'
import { noSuchTopic } from './no-such-topic.ts'

type Deps = {
  keys: OrderKeys
  guard: Guard
  sessions: Pick<CustomerSessions, 'of'> | null
  knowsSale: KnowsSale
  isLimited: boolean
  log: Logger
}

/**
 * Lets pass whoever may be told of a topic, and resolves with the session to ask for it with, where that decides. Throws a 404 for
 * all others: there is no such topic then.
 */
export type TopicDoor = (req: Request, res: Response, asked: Asked) => Promise<Position['session']>

const KEYS: Policy = {
  name: 'wrong-keys',
  quota: 60,
  windowS: 15 * 60,
  refusal: 'Too many wrong keys of orders from your address.',
}

/** An order is opened by its key, by the admin, and by a session, of which order says whether it is theirs. All else is for everybody. */
export function createTopicDoor({ keys, guard, sessions, knowsSale, isLimited, log }: Deps): TopicDoor {
  const held = holdAnswers<CustomerSession>()
  const refuseStrange = createStrangers(isLimited, log)
  return async (req, res, { topic: { name, kind, id }, key, field }) => {
    if (kind === 'room' && !(await knowsSale(id ?? ''))) throw noSuchTopic(name, field)
    if (kind !== 'order' || keys.opens(id ?? '', key) || (await guard.admits(req, res))) return undefined
    const session = sessions?.of(req) ?? null
    if (session === null) {
      await refuseStrange(req)
      throw noSuchTopic(name, field)
    }
    held.hold(session, res, session.until - Date.now())
    return session
  }
}

/** Who tries one key after the other is told to wait. */
function createStrangers(isLimited: boolean, log: Logger): (req: Request) => Promise<void> {
  if (!isLimited) return async () => {}
  const wrongKeys = createRateLimit(KEYS)
  const tell = createTeller(log, 'order.guessed')
  return (req) =>
    wrongKeys.take(clientOf(req)).catch((refusal: unknown) => {
      tell({ address: clientOf(req) })
      throw refusal
    })
}
