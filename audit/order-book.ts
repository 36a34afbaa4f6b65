import { z } from 'zod'
import { occurrence } from './occurrence.ts'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'
import type { Step } from './story.ts'

const head = z.object({
  id: z.string(),
  number: z.string(),
  state: z.string(),
  totalCents: z.int(),
  currency: z.string(),
  email: z.string(),
  placedAt: z.number(), // ms
  payBy: z.number().nullable(), // ms
  refundedCents: z.int(),
  account: z.string().nullable(),
  sale: z.string().nullable(),
})
const lineRow = z.object({ orderId: z.string(), sku: z.string(), quantity: z.int(), unitPriceCents: z.int() })
const stepRow = z.object({
  seq: z.int(),
  orderId: z.string(),
  event: z.string(),
  of: z.string(),
  state: z.string(),
  letter: z.string().nullable(),
})
const named = z.object({ orderId: z.string() })
const signedIn = z.object({ orderId: z.string(), account: z.string() })

/**
 * `letters` are the dead letters that its story tells of: an event and an id each; `placedBy` is who was signed in when it
 * was placed, null for a guest.
 */
export type Order = z.infer<typeof head> & {
  lines: Line[]
  steps: Step[]
  letters: Set<string>
  placedBy: string | null
}
type Line = Omit<z.infer<typeof lineRow>, 'orderId'>

/** What the order service knows. Each list names orders. */
export type OrderBook = {
  orders: Map<string, Order>
  /** What customers call them. */
  idByNumber: Map<string, string>
  /** Where the timeline ended when it was read. */
  lastStepSeq: number
  /** Have lines or steps, or an idempotency key, and are not there themselves. */
  headless: Set<string>
  keyed: string[]
  /** Took a step that no inbox row answers for, and two steps on one message. */
  unclaimed: string[]
  doubled: string[]
  post: Post
}

/** Reads the order service's file. */
export function readOrderBook(file: SqliteFile): OrderBook {
  const orders = new Map<string, Order>()
  for (const row of file.rows(head, HEADS))
    orders.set(row.id, { ...row, lines: [], steps: [], letters: new Set(), placedBy: null })
  const headless = new Set<string>()
  attachLines(file, orders, headless)
  attachCustomers(file, orders)
  const lastStepSeq = attachSteps(file, orders, headless)
  const surelyKeptMs = Date.now() - INBOX_SURELY_KEPT_MS
  return {
    orders,
    idByNumber: new Map([...orders.values()].map(({ id, number }) => [number, id])),
    lastStepSeq,
    headless,
    keyed: idsOf(file, KEYED),
    unclaimed: idsOf(file, UNCLAIMED, surelyKeptMs),
    doubled: idsOf(file, DOUBLED),
    post: readPost(file),
  }
}

function attachLines(file: SqliteFile, orders: Map<string, Order>, headless: Set<string>): void {
  for (const { orderId, ...line } of file.rows(lineRow, LINES)) {
    const order = orders.get(orderId)
    if (order === undefined) headless.add(orderId)
    else order.lines.push(line)
  }
}

function attachCustomers(file: SqliteFile, orders: Map<string, Order>): void {
  for (const { orderId, account } of file.rows(signedIn, SIGNED_IN)) {
    const order = orders.get(orderId)
    if (order) order.placedBy = account
  }
}

/** Returns where the timeline ends. */
function attachSteps(file: SqliteFile, orders: Map<string, Order>, headless: Set<string>): number {
  let last = 0
  for (const { seq, orderId, letter, ...step } of file.rows(stepRow, STEPS)) {
    const order = orders.get(orderId)
    if (order === undefined) headless.add(orderId)
    else order.steps.push(step)
    if (letter !== null) order?.letters.add(`${step.event} ${letter}`)
    last = seq
  }
  return last
}

/** The ids and the numbers of orders whose timeline went on after `lastStepSeq`, those that were not there then too. */
export function movedSince(file: SqliteFile, lastStepSeq: number): Set<string> {
  return new Set([...idsOf(file, MOVED, lastStepSeq), ...idsOf(file, MOVED_NUMBERS, lastStepSeq)])
}

/** Inbox rows are deleted after seven days; what is younger than this must have one. */
export const INBOX_SURELY_KEPT_MS = 6 * 24 * 3_600_000

const NUMBER = `'OL-' || (1000000 + "Order".seq)`
const HEADS = `
  SELECT id, ${NUMBER} AS number, state, totalCents, currency, customerEmail AS email, placedAt, payBy, refundedCents,
    account, sale
  FROM "Order" ORDER BY seq`
const LINES = `SELECT orderId, sku, quantity, unitPriceCents FROM "OrderLine"`
const SIGNED_IN = `
  SELECT subject AS orderId, data->>'$.account' AS account FROM "Event"
  WHERE name = 'order.placed' AND copyOf IS NULL AND data->>'$.account' IS NOT NULL`
const WHICH = occurrence({ name: 'event', data: 'detail', id: 'messageId' })
const STEPS = `
  SELECT seq, orderId, event, ${WHICH} AS "of", state, CASE WHEN event LIKE 'message.%' THEN detail->>'letter' END AS letter
  FROM "TimelineEntry" ORDER BY seq`
const MOVED = `SELECT DISTINCT orderId FROM "TimelineEntry" WHERE seq > ?`
const MOVED_NUMBERS = `SELECT ${NUMBER} AS orderId FROM "Order" WHERE id IN (${MOVED})`
const KEYED = `SELECT orderId FROM "IdempotencyKey" WHERE orderId NOT IN (SELECT id FROM "Order")`
const UNCLAIMED = `
  SELECT DISTINCT orderId FROM "TimelineEntry" LEFT JOIN "Inbox" ON "Inbox".id = messageId AND outcome = 'done'
  WHERE messageId IS NOT NULL AND "TimelineEntry".at >= ? AND "Inbox".id IS NULL`
const DOUBLED = `
  SELECT DISTINCT orderId FROM "TimelineEntry" WHERE messageId IN (
    SELECT messageId FROM "TimelineEntry" WHERE messageId IS NOT NULL GROUP BY messageId HAVING COUNT(*) > 1)`

function idsOf(file: SqliteFile, sql: string, ...parameters: unknown[]): string[] {
  return [...file.rows(named, sql, ...parameters)].map(({ orderId }) => orderId)
}
