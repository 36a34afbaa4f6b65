import { Deferral, type Message, Outage } from '../../shared/events.ts'
import type { Handler, Outside } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { cloudEventOf } from '../../shared/protocol/cloud-event.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { senderOf } from '../../shared/senders.ts'
import { isShopEvent } from '../../shared/shop-events.ts'
import type { Client } from './db.ts'
import { noteTaken, noteWait } from './deliveries.ts'
import type { Lines } from './lines.ts'
import type { Post } from './post-webhook.ts'
import { signed } from './sign.ts'
import { hostOf, type Subscription } from './subscription.ts'
import { findSubscription, pause } from './subscriptions.ts'
import { type Verdict, verdictOn } from './verdict.ts'

type Due = Message<'webhook.due'>

type Deps = {
  read: Client
  publish: Publish<Client>
  lines: Lines
  post: Post
  log: Logger
  shopUrl: string
  /** There may be room for more. */
  onSaid(): void
}

/** What the subscriber has said of a delivery that is over; null when nobody is subscribed any more. */
type Found = { said: string } | null

/** On `webhook.due`: posts the event to the subscriber, signed. Until it has taken it, it is tried for three days. */
export function tellSubscriber(deps: Deps): Handler<'webhook.due', Client, Found> {
  return {
    says: 'webhook.taken',
    prepare: (message, outside) => deliver(message, outside, deps),
    apply: async (tx, batch) => {
      const now = Date.now()
      await noteTaken(
        tx,
        batch.map(({ message, found }) => ({ ...rowOf(message), answer: found?.said ?? 'unsubscribed', doneAt: now })),
      )
      deps.onSaid()
    },
  }
}

const rowOf = ({ at: dueAt, data: { subscription, told } }: Due) => ({
  ...{ subscription, event: told.id, name: told.name, dueAt },
})

async function deliver(message: Due, outside: Outside, deps: Deps): Promise<Found> {
  const { lines, publish } = deps
  const subscription = await findSubscription(deps.read, message.data.subscription)
  if (subscription === null) return null
  if (subscription.pausedAt !== null) throw await putOff(message, { said: 'the subscription is paused' }, deps)
  const verdict = await lines.through(subscription.id, () => call(subscription, message, outside, deps))
  if (verdict === null) throw await leaveAlone(message, deps)
  if (verdict.kind === 'taken') return verdict
  if (verdict.kind === 'gone') await publish((tx) => pause(tx, subscription.id, verdict.said, Date.now()))
  if (verdict.kind === 'gone')
    deps.log.warn({ subscription: subscription.id, host: hostOf(subscription), reason: verdict.said }, 'webhook.paused')
  throw await putOff(message, verdict, deps)
}

async function call({ url, secret }: Subscription, message: Due, outside: Outside, deps: Deps): Promise<Verdict> {
  const { told } = message.data
  if (!isShopEvent(told.name)) return { kind: 'refused', said: `no event ${told.name}`, isAway: false, restMs: null }
  const body = JSON.stringify(cloudEventOf({ ...told, name: told.name }, senderOf(told.name), deps.shopUrl))
  const headers = {
    ...{ 'content-type': 'application/cloudevents+json', 'user-agent': 'Orderline-Webhooks' },
    ...signed({ id: told.id, body }, secret, Date.now()),
  }
  const answer = await outside((signal) => deps.post.send(url, headers, body, signal)).catch((error: unknown) => {
    if (error instanceof Outage) return { failure: error.message } // it took too long
    throw error
  })
  return verdictOn(answer, Date.now())
}

const MINUTE_MS = 60_000
const PATIENCE = { firstMs: 5_000, maxMs: 60 * MINUTE_MS, giveUpMs: 3 * 24 * 60 * MINUTE_MS }

/** It has not been tried, so that is no reason to wait longer and longer; and it is noted the first time alone. */
async function leaveAlone(message: Due, deps: Deps): Promise<Outage> {
  const answer = 'the subscriber is left alone for a while'
  if (message.attempt === 1) await deps.publish((tx) => noteWait(tx, { ...rowOf(message), answer }, false), 'beside')
  deps.onSaid()
  return new Outage(answer)
}

/** It waits aside, for longer and longer. Why is noted where people look, and makes room for the next event. */
async function putOff(message: Due, why: Verdict | { said: string }, deps: Deps): Promise<Deferral> {
  const isAnswer = 'kind' in why
  const row = { ...rowOf(message), answer: why.said }
  if (isAnswer || message.deferred === undefined) await deps.publish((tx) => noteWait(tx, row, isAnswer), 'beside')
  deps.onSaid()
  return new Deferral(why.said, PATIENCE)
}
