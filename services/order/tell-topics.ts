import {
  type ChangedAnswer,
  changedBody,
  type Position,
  positionsBody,
  type Told,
  type TopicsAnswer,
  topicNamed,
} from '../../shared/topics.ts'
import { type Express, parseBody } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import type { TimelineAnswer } from './order-answer.ts'
import { ownersOf } from './owners.ts'
import { changedOrders, readTimelines } from './read-order.ts'

const CHANGED_MAX = 2_000

type Deps = { read: Client; customers: Pick<Customers, 'holds'> }

/**
 * `POST /ops/topics`: what is new in the timelines of all orders that somebody watches, after where each stands. Who has the key of
 * an order has shown it already; to a session only its own orders are told, as long as it holds.
 */
export function mountTopics(app: Express, { read, customers }: Deps): void {
  app.post('/ops/topics', readJson, async (req, res) => {
    const { positions } = parseBody(positionsBody, req.body)
    const asked = positions.map((position) => ({ ...position, orderId: orderIn(position) }))
    const owners = await ownersOf(
      read,
      asked.map(({ orderId }) => orderId),
    )
    const mayHear = ({ orderId, session }: Asked) =>
      owners.has(orderId) &&
      (session === undefined || (owners.get(orderId) === session.account && customers.holds(session)))
    const heard = asked.filter(mayHear)
    const news = await readTimelines(read, heard)
    const told = new Map(heard.map((one, i) => [one, news[i] ?? []]))
    const topics = asked.map((one) => toldOf(told.get(one)))
    res.json({ topics } satisfies TopicsAnswer)
  })
  app.post('/ops/topics/changed', readJson, async (req, res) => {
    const { since } = parseBody(changedBody, req.body)
    const { upTo, orderIds } = await changedOrders(read, since, CHANGED_MAX)
    const topics = orderIds.length > CHANGED_MAX ? null : orderIds.map((id) => `order:${id}`)
    res.json({ upTo, topics } satisfies ChangedAnswer)
  })
}

type Asked = Position & { orderId: string }

/** Nothing else is watched here; of what is none there is no owner. */
function orderIn({ topic }: Position): string {
  const { kind, id } = topicNamed(topic) ?? {}
  return kind === 'order' ? (id ?? '') : ''
}

function toldOf(entries: TimelineAnswer[] | undefined): TopicsAnswer['topics'][number] {
  const told = entries?.map((entry): Told => ({ seq: entry.seq, kind: entry.event, at: entry.at, data: entry }))
  return told === undefined ? null : { told }
}
