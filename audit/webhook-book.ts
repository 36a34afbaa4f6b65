import { z } from 'zod'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const subscription = z.object({
  id: z.string(),
  events: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  createdAt: z.number(),
})
const place = z.object({ subscription: z.string(), sender: z.string(), seq: z.int() })
const delivery = z.object({ subscription: z.string(), event: z.string(), isTaken: z.int() })
const due = z.object({ subscription: z.string(), event: z.string() })

export type Subscription = z.infer<typeof subscription>
/** A subscriber has been told of a sender's events up to this one. */
export type Place = z.infer<typeof place>

/**
 * What webhooks knows: who is subscribed, how far each has been told, and which events were to be told to whom, as
 * "subscription event": noted, taken, sent out once or more, still under way or given up.
 */
export type WebhookBook = {
  subscriptions: Subscription[]
  places: Place[]
  noted: Map<string, boolean>
  sent: string[]
  answeredFor: Set<string>
  post: Post
}

/** Reads the file of webhooks. */
export function readWebhookBook(file: SqliteFile): WebhookBook {
  const noted = new Map<string, boolean>()
  for (const row of file.rows(delivery, DELIVERIES)) noted.set(pairOf(row), row.isTaken === 1)
  return {
    subscriptions: [...file.rows(subscription, SUBSCRIPTIONS)],
    places: [...file.rows(place, `SELECT subscription, sender, seq FROM "Place"`)],
    noted,
    sent: [...file.rows(due, SENT)].map(pairOf),
    answeredFor: new Set([...file.rows(due, ANSWERED_FOR)].map(pairOf)),
    post: readPost(file),
  }
}

export const pairOf = ({ subscription, event }: { subscription: string; event: string }) => `${subscription} ${event}`

const SUBSCRIPTIONS = `SELECT id, events, createdAt FROM "Subscription" WHERE deletedAt IS NULL`
const DELIVERIES = `SELECT subscription, event, doneAt IS NOT NULL AS isTaken FROM "Delivery"`
const PAIR = (data: string) => `${data}->>'$.subscription' AS subscription, ${data}->>'$.told.id' AS event`
const SENT = `SELECT ${PAIR('data')} FROM "Event" WHERE name = 'webhook.due' AND copyOf IS NULL`
const ANSWERED_FOR = `
  SELECT ${PAIR('data')} FROM "Outbox" JOIN "Event" ON seq = "Outbox".event WHERE name = 'webhook.due'
  UNION ALL SELECT ${PAIR("(body->'$.data')")} FROM "DeadLetter" WHERE name = 'webhook.due'`
