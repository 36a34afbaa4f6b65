import { z } from 'zod'
import { reasonOf } from '../../../shared/health.ts'
import { queueKey } from '../../../shared/keys.ts'
import { mask } from '../../../shared/mask.ts'
import { parseMessage, peekId, peekStamp } from '../../../shared/protocol/envelope.ts'
import type { Queue } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { MessageStory, WaitingMessage } from './message-answer.ts'

const LISTED_MAX = 16_384 // characters; the payload of a longer one is not listed
const TEXT_MAX = 2_000
const SOUGHT_MAX = 20_000 // elements looked through for one message: a list holds no more by itself
const STEP = 500

/** A part of what waits: so many after so many, from the message popped next on or from the one pushed last. */
export type Page = { after: number; limit: number; from: 'oldest' | 'newest' }

/** How long a list is, and a page of it. Rejects while Redis does not tell. */
export async function readList(redis: Redis, list: Queue, page: Page) {
  const key = queueKey(list)
  const [waiting, elements] = await Promise.all([redis.llen(key), readElements(redis, key, page)])
  return { waiting, messages: elements.map(messageIn) }
}

/** Pushed at the left, popped at the right. */
async function readElements(redis: Redis, key: string, { after, limit, from }: Page): Promise<string[]> {
  if (from === 'newest') return redis.lrange(key, after, after + limit - 1)
  return (await redis.lrange(key, -after - limit, -after - 1)).toReversed()
}

function messageIn(raw: string): WaitingMessage {
  try {
    const { id, name: event, subject, at, stamp, attempt, data } = parseMessage(raw)
    const about = {
      id,
      event,
      subject,
      number: numberIn(data),
      at: iso(at),
      pushedAt: iso(stamp),
      attempt,
      pushes: null,
    }
    return { ...about, data: raw.length > LISTED_MAX ? null : mask(data), problem: null, text: null }
  } catch (error) {
    const text = String(mask(raw.slice(0, TEXT_MAX)))
    return { ...NO_MESSAGE, id: peekId(raw), problem: reasonOf(error), text }
  }
}

const NO_MESSAGE = {
  ...{ event: null, subject: null, number: null, at: null, pushedAt: null, attempt: null, pushes: null },
  data: null,
}

/** Where a message is in a list, counted from the one popped next; null where it is not among those looked through. */
export async function findInList(redis: Redis, list: Queue, id: string): Promise<MessageStory['inList']> {
  const key = queueKey(list)
  for (let after = 0; after < SOUGHT_MAX; after += STEP) {
    const elements = await readElements(redis, key, { after, limit: STEP, from: 'oldest' })
    const at = elements.findIndex((element) => peekId(element) === id)
    const stamp = peekStamp(elements[at] ?? '')
    if (at >= 0) return { list, place: after + at + 1, pushedAt: stamp === null ? null : iso(stamp) }
    if (elements.length < STEP) return null
  }
  return null
}

const numbered = z.object({ number: z.string() })

/** The number of the order that an event is about, where it has one. */
export const numberIn = (data: unknown) => numbered.safeParse(data).data?.number ?? null

const iso = (ms: number) => new Date(ms).toISOString()
