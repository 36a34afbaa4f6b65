import { z } from 'zod'

/**
 * What can be watched: `news` are of nothing, `stock` and `price` of a sku or of all, `room` and `sale` of a sale, and `order` of an
 * order. Of those that are *told on* (`isToldOn`) each thing that happens is told, once, from where a reader stands; of the others
 * how it is now, and the newest only.
 */
export const topicKinds = {
  news: { isToldOn: true },
  room: { isToldOn: true },
  order: { isToldOn: true },
  stock: { isToldOn: false },
  price: { isToldOn: false },
  sale: { isToldOn: false },
} as const

export type TopicKind = keyof typeof topicKinds
/** A topic and its parts: `order:<id>` is of an order, and `news` of nothing. */
export type Topic = { name: string; kind: TopicKind; id: string | null }

const NAME = /^(news|stock|price)$|^(room|order|sale|stock|price):([\w.-]{1,64})$/

/** The topic of this name; null where there is none. */
export function topicNamed(name: string): Topic | null {
  const [, whole, part, id = null] = NAME.exec(name) ?? []
  const kind = whole ?? part
  return kind === undefined || !isKind(kind) ? null : { name, kind, id }
}

const isKind = (text: string): text is TopicKind => Object.hasOwn(topicKinds, text)

/** At most so many positions in one call: its body stays below what any of our programs reads. */
export const POSITIONS_MAX = 200

/** A customer's session: what is told to it ends with it, and who owns the topic is asked each time. */
const session = z.object({ account: z.string(), session: z.string(), beganAt: z.number(), until: z.number() })

/** `after`: the number of the last that is known, 0 for none. */
const position = z.object({ topic: z.string(), after: z.int().nonnegative(), session: session.optional() })

/** What a service is asked by `POST /ops/topics`: for all that is watched of it at once. */
export const positionsBody = z.object({ positions: z.array(position).max(POSITIONS_MAX) })

/** One thing that happened, or how it is now: then `seq` is 0 and `at` null. `data` is what whoever watches is told. */
const told = z.object({ seq: z.int(), kind: z.string(), at: z.iso.datetime().nullable(), data: z.unknown() })

/** The answer, in the order of the positions: null where there is no such topic, or it is not this session's. */
export const topicsAnswer = z.object({ topics: z.array(z.object({ told: z.array(told) }).nullable()) })

/** Where many are watched, it is asked first what has changed: `POST /ops/topics/changed`, after the last number that is known. */
export const changedBody = z.object({ since: z.int().nonnegative() })

/** Those in which something happened; null where they are more than are told at once. */
export const changedAnswer = z.object({ upTo: z.int(), topics: z.array(z.string()).nullable() })

export type ChangedAnswer = z.infer<typeof changedAnswer>
export type Position = z.infer<typeof position>
export type Told = z.infer<typeof told>
export type TopicsAnswer = z.infer<typeof topicsAnswer>
