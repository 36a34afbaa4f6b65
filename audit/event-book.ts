import { join } from 'node:path'
import { z } from 'zod'
import { effects, untold, WHICH } from './effects.ts'
import { listenersOf, readers } from './listeners.ts'
import { INBOX_SURELY_KEPT_MS } from './order-book.ts'
import { SqliteFile } from './sqlite-file.ts'

const told = z.object({ id: z.string(), name: z.string(), subject: z.string() })
const row = z.object({ event: z.int(), queue: z.string() })
const effect = z.object({ subject: z.string(), of: z.string() })
const start = z.object({ at: z.number() })

export type Told = z.infer<typeof told>

/** Where the services' stores of events do not agree with each other, or with what the services did. */
export type EventBook = {
  /** A listener has not heard of it, and nobody will tell it. */
  unheard: (Told & { listener: string })[]
  /** Share an id, or happened to one subject twice. */
  doubled: Told[]
  /** Steps of orders on a message that is no event; their `id` is the message's. */
  unfounded: Told[]
  /** What a service did, and has no event of. */
  untold: { subject: string; name: string; of: string }[]
  /** Refunds that were asked for, and neither made nor refused. */
  unanswered: { subject: string; of: string }[]
  /** What the gateway has told, as payment has it from itself, and not from the table that takes each but once. */
  unnoted: Told[]
  /** Outbox rows about nothing. */
  empty: { sender: string; event: number; queue: string }[]
}

/**
 * Compares the stores of these services by SQL, so that no event is held in memory. A sender's file is read before its
 * listeners': a row goes only after the listener has the event. What was under way when the stores were new is a copy. Unless all
 * is said to be done, a listener that only reads may still be about to be told what came before it lost its file.
 */
export function readEventBook(dataDir: string, services: readonly string[], isSaidToRest: boolean): EventBook {
  const book: EventBook = {
    unheard: [],
    doubled: [],
    unfounded: [],
    untold: [],
    unanswered: [],
    unnoted: [],
    empty: [],
  }
  for (const sender of services) {
    const file = new SqliteFile(join(dataDir, `${sender}.db`))
    const others = services.filter((service) => service !== sender)
    try {
      for (const other of others) file.attach(other, join(dataDir, `${other}.db`))
      file.snapshot(() => readStore(file, { sender, others, isSaidToRest }, book))
    } finally {
      file.close()
    }
  }
  return book
}

type Asked = { sender: string; others: string[]; isSaidToRest: boolean }

function readStore(file: SqliteFile, { sender, others, isSaidToRest }: Asked, book: EventBook): void {
  const [first] = file.rows(start, FIRST)
  for (const one of file.rows(row, EMPTY)) book.empty.push({ sender, ...one })
  if (first === undefined) return
  const since = Math.max(first.at, Date.now() - INBOX_SURELY_KEPT_MS)
  for (const [listener, names] of namesByListener) {
    if (listener !== sender && !others.includes(listener)) continue // a shop of before has no such service
    const upTo = isSaidToRest || !readers.has(listener) ? Number.MAX_SAFE_INTEGER : toldUpTo(file, listener)
    const asked = { since, names: JSON.stringify(names), listener, upTo }
    const sql = unheardBy(listener === sender ? 'main' : listener)
    for (const one of file.rows(told, sql, asked)) book.unheard.push({ ...one, listener })
  }
  for (const one of file.rows(told, REPEATED, { since })) book.doubled.push(one)
  for (const other of others.filter((name) => sender < name))
    for (const one of file.rows(told, sharedWith(other), { since })) book.doubled.push(one)
  for (const done of effects.filter(({ service }) => service === sender))
    for (const one of file.rows(effect, untold(done), { since, name: done.name }))
      book.untold.push({ ...one, name: done.name })
  if (sender === 'payment') for (const one of file.rows(told, UNNOTED, { since })) book.unnoted.push(one)
  if (sender !== 'order') return
  for (const one of file.rows(effect, UNANSWERED, { since })) book.unanswered.push(one)
  for (const one of file.rows(told, unfounded(['main', ...others]), { since })) book.unfounded.push(one)
}

const value = z.object({ value: z.string() })
const heard = z.object({ database: z.string().nullable(), pass: z.object({ after: z.int() }).nullable() })

/** Up to which of its events a sender has told a reader, or is telling it now: beyond it history is still to come. */
function toldUpTo(file: SqliteFile, reader: string): number {
  const [noted] = file.rows(value, `SELECT value FROM main."Meta" WHERE key = ?`, `heard:${reader}`)
  const [id] = file.rows(value, `SELECT value FROM "${reader}"."Meta" WHERE key = 'id'`)
  if (noted === undefined) return Number.MAX_SAFE_INTEGER
  const { database, pass } = heard.parse(JSON.parse(noted.value))
  if (database !== null && database !== id?.value) return 0
  return pass?.after ?? Number.MAX_SAFE_INTEGER
}

const namesByListener = new Map<string, string[]>()
for (const [name, listeners] of listenersOf)
  for (const listener of listeners) namesByListener.set(listener, [...(namesByListener.get(listener) ?? []), name])

const FIRST = `SELECT at FROM main."Event" WHERE copyOf IS NULL ORDER BY seq LIMIT 1`
const EMPTY = `SELECT event, queue FROM main."Outbox" WHERE event NOT IN (SELECT seq FROM main."Event")`
const unheardBy = (listener: string) => `
  SELECT id, name, subject FROM main."Event" AS told
  WHERE copyOf IS NULL AND at >= @since AND seq <= @upTo AND name IN (SELECT value FROM json_each(@names))
  AND NOT EXISTS (SELECT 1 FROM "${listener}"."Inbox" WHERE id = told.id)
  AND NOT EXISTS (SELECT 1 FROM main."Outbox" WHERE event = seq
    AND (queue = @listener OR queue LIKE @listener || ':%' OR queue LIKE @listener || '.%'))
  AND NOT EXISTS (SELECT 1 FROM main."DeadLetter" WHERE id = told.id AND queue = @listener)`
const REPEATED = `
  SELECT MAX(id) AS id, name, subject FROM main."Event"
  WHERE copyOf IS NULL AND at >= @since AND name NOT LIKE 'message.%'
  GROUP BY subject, name, ${WHICH} HAVING COUNT(*) > 1`
const sharedWith = (other: string) => `
  SELECT id, name, subject FROM main."Event" AS told
  WHERE at >= @since AND EXISTS (SELECT 1 FROM "${other}"."Event" WHERE id = told.id)`
const UNNOTED = `
  SELECT id, name, subject FROM main."Event"
  WHERE name = 'gateway.told' AND copyOf IS NULL AND at >= @since AND data->>'$.told' LIKE 'evt%'
  AND data->>'$.told' NOT IN (SELECT id FROM main."Told")`
const UNANSWERED = `
  SELECT subject, data->>'$.asked' AS "of" FROM main."Event"
  WHERE name = 'order.refundAsked' AND copyOf IS NULL AND at >= @since AND data->>'$.asked' NOT IN (
    SELECT data->>'$.asked' FROM "payment"."Event"
    WHERE name IN ('payment.refunded', 'payment.refundRefused') AND data->>'$.asked' IS NOT NULL)`
const unfounded = (stores: string[]) => `
  SELECT messageId AS id, event AS name, orderId AS subject FROM main."TimelineEntry"
  WHERE messageId IS NOT NULL AND at >= @since ${stores.map(isNotIn).join(' ')}`

function isNotIn(store: string): string {
  const same = 'id = messageId AND name = event AND subject = orderId'
  return `AND NOT EXISTS (SELECT 1 FROM "${store}"."Event" WHERE ${same})`
}
