import { z } from 'zod'
import { type Topic, topicNamed } from '../../shared/topics.ts'
import { parseBody, type Request } from '../../shared/web/http.ts'
import { noSuchTopic } from './no-such-topic.ts'

/** How many topics one stream may have. */
export const TOPICS_MAX = 20

const name = z.string().min(1).max(80)
const id = z.string().max(500)

/** What a reader of a `GET` sends when it comes back, and what opens the orders that it asks for. */
export const liveHeaders = z.object({
  'Last-Event-ID': id.optional().describe('The id of the last event told: each topic goes on from where it was.'),
  'Order-Key': z.string().optional().describe('Opens the order that is asked for.'),
})
export const liveQuery = z.object({
  topic: z
    .union([name, z.array(name).min(1).max(TOPICS_MAX)])
    .describe(
      'news, stock, stock:<sku>, price, price:<sku>, room:<sale>, sale:<id>, order:<id>; may be there many times',
    ),
})
export const liveBody = z.object({
  topics: z
    .array(
      z.object({
        topic: name,
        key: z.string().max(80).optional().describe('Opens the order'),
        after: id.optional().describe('The id of an event that was told, if this topic is to go on from there'),
      }),
    )
    .min(1)
    .max(TOPICS_MAX),
})

/** A topic that somebody wants to be told of. `field` is where it was asked for. */
export type Asked = { topic: Topic; key: string; after: string | undefined; field: string }

/** What is asked for, each topic once. Throws a 422 where that is no proper question, and a 404 for a topic that is none. */
export function askedIn(req: Request): Asked[] {
  const all = req.method === 'POST' ? inBody(req) : inQuery(req)
  return [...new Map(all.map((one) => [one.topic.name, one])).values()]
}

function inQuery(req: Request): Asked[] {
  const { topic } = parseBody(liveQuery, req.query)
  const [key = '', after] = [req.get('order-key'), req.get('last-event-id')]
  return [topic].flat().map((name) => ({ topic: known(name, 'topic'), key, after, field: 'topic' }))
}

function inBody(req: Request): Asked[] {
  const { topics } = parseBody(liveBody, req.body)
  return topics.map(({ topic, key = '', after = req.get('last-event-id') }, i) => {
    const field = `topics.${i}.topic`
    return { topic: known(topic, field), key, after, field }
  })
}

function known(name: string, field: string): Topic {
  const topic = topicNamed(name)
  if (topic === null) throw noSuchTopic(name, field)
  return topic
}
