import { join } from 'node:path'
import { z } from 'zod'
import { INBOX_SURELY_KEPT_MS } from './order-book.ts'
import type { Post } from './post.ts'
import { SqliteFile } from './sqlite-file.ts'

const told = z.object({ id: z.string(), name: z.string(), subject: z.string() })
const doubt = z.object({ id: z.string(), detail: z.string() })

/** Where what those who watch are told is not what the services have said. */
export type LiveBook = {
  /** Heard by live, and not kept for those who watch. */
  missing: z.infer<typeof told>[]
  /** Kept, and nobody has said it. */
  unfounded: z.infer<typeof told>[]
  /** Stock and prices: what live has is not the newest, or what was said last is not so. */
  stale: z.infer<typeof doubt>[]
  post: Post
}

type Topics = { sender: string; name: string; topic: string }

/** What is told on, each once. */
const toldOn: Topics[] = [
  { sender: 'sale', name: 'room.said', topic: `'room:' || subject` },
  { sender: 'notification', name: 'news.posted', topic: `'news'` },
]
/** Of what only the newest is told: a number, and where its sender has it. */
const latest: (Topics & { value: string; truth: string })[] = [
  {
    ...{ sender: 'inventory', name: 'stock.changed', topic: `'stock:' || subject`, value: 'available' },
    truth: `SELECT sku, told AS value FROM main."Stock" WHERE told IS NOT NULL`,
  },
  {
    ...{ sender: 'order', name: 'price.changed', topic: `'price:' || subject`, value: 'priceCents' },
    truth: `SELECT sku, priceCents AS value FROM main."Product"`,
  },
]

/** Compares live's file with its senders', each of which is read before it. */
export function readLiveBook(dataDir: string, post: Post): LiveBook {
  const book: LiveBook = { missing: [], unfounded: [], stale: [], post }
  const since = Date.now() - INBOX_SURELY_KEPT_MS
  for (const { sender, name, topic } of toldOn)
    beside(dataDir, sender, (file) => {
      book.missing.push(...file.rows(told, MISSING(topic), { name, since }))
      book.unfounded.push(...file.rows(told, UNFOUNDED, { name, since }))
    })
  for (const { sender, name, topic, value, truth } of latest)
    beside(dataDir, sender, (file) => {
      book.stale.push(...file.rows(doubt, STALE(topic, value), { name }))
      book.stale.push(...file.rows(doubt, UNTRUE(value, truth), { name }))
    })
  return book
}

function beside(dataDir: string, sender: string, read: (file: SqliteFile) => void): void {
  const file = new SqliteFile(join(dataDir, `${sender}.db`))
  try {
    file.attach('live', join(dataDir, 'live.db'))
    file.snapshot(read)
  } finally {
    file.close()
  }
}

const OWN = `main."Event" AS told WHERE copyOf IS NULL AND name = @name`
const HEARD = `EXISTS (SELECT 1 FROM live."Inbox" WHERE id = told.id AND outcome = 'done')`
const MISSING = (topic: string) => `
  SELECT id, name, subject FROM ${OWN} AND at >= @since AND ${HEARD}
  AND NOT EXISTS (SELECT 1 FROM live."Topic" WHERE event = told.id AND topic = ${topic} AND kind = told.name)`
const UNFOUNDED = `
  SELECT event AS id, kind AS name, topic AS subject FROM live."Topic"
  WHERE kind = @name AND at >= @since AND event NOT IN (SELECT id FROM ${OWN})`
// The newest is what its sender has written down last, whatever its clock said. What live has may be newer than this was read.
const STALE = (topic: string, value: string) => `
  SELECT newest.topic AS id, 'the newest is ' || newest.id || ', ' || newest.value || ', and live has '
    || COALESCE(has.event || ', ' || (has.data->>'$.${value}'), 'none') AS detail
  FROM (SELECT ${topic} AS topic, id, data->>'$.revision' AS revision, data->>'$.${value}' AS value,
    ROW_NUMBER() OVER (PARTITION BY subject ORDER BY seq DESC) AS age FROM ${OWN} AND ${HEARD}) AS newest
  LEFT JOIN live."Latest" AS has ON has.topic = newest.topic
  WHERE age = 1 AND CASE WHEN has.event = newest.id THEN has.data->>'$.${value}' IS NOT newest.value
    ELSE has.event IS NULL OR has.revision <= newest.revision OR EXISTS (SELECT 1 FROM main."Event" WHERE id = has.event) END`
const UNTRUE = (value: string, truth: string) => `
  SELECT sku AS id, said.value || ' was told last, and it is ' || truth.value AS detail
  FROM (${truth}) AS truth JOIN (
    SELECT subject, data->>'$.${value}' AS value, MAX(seq) FROM ${OWN} GROUP BY subject) AS said ON subject = sku
  WHERE said.value <> truth.value`
