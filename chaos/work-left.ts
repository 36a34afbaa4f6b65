import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SqliteFile } from '../audit/sqlite-file.ts'
import { Unusable } from '../audit/unusable.ts'
import { type Service, services } from '../shared/routes.ts'
import { receiversFrom } from '../shared/ways.ts'
import { POISON_MARK } from './poison.ts'

/** What is still to be done, by the files of the services; `placed` are orders that customers have placed themselves. */
export type WorkLeft = {
  placed: number
  open: number
  messages: number
  /** How often the message that was pushed most often has been pushed. */
  mostPushes: number
}

/** The services that come to rest when all is done. Whatever any of them does is a line for logs, which goes on. */
export const resting: readonly Service[] = services.filter((service) => service !== 'logs')

const LOOK_WAIT_MS = 50 // who is frozen in a lock is let go by this very process
const orders = z.object({ placed: z.int(), open: z.int() })
const told = z.object({ messages: z.int(), most: z.int(), heard: z.string().nullable(), id: z.string().nullable() })
const count = z.object({ count: z.int() })

/**
 * Looks into the files of a running shop. While one of them cannot be read, there is work left. What its customer can pay
 * until a time later than `untilMs` is no work, nor is what those services have to do that are not `asked`.
 */
export function workSeen(dataDir: string, untilMs = Date.now(), asked: readonly Service[] = resting): WorkLeft {
  try {
    return workLeft(dataDir, untilMs, asked)
  } catch (error) {
    if (error instanceof Unusable) return UNSEEN // its service died and is just putting the file in order
    throw error
  }
}

export const UNSEEN: WorkLeft = { placed: 0, open: 1, messages: 1, mostPushes: 0 }

/** Looks into the files of a shop. Throws `Unusable` when one of them cannot be read. */
export function workLeft(dataDir: string, untilMs = Date.now(), asked: readonly Service[] = resting): WorkLeft {
  const [ordered] = look(dataDir, 'order', orders, ORDERS, String(untilMs))
  const untold = asked.includes('inventory') ? look(dataDir, 'inventory', count, UNTOLD) : []
  const all = asked.flatMap((service) => look(dataDir, service, told, TOLD).map((one) => ({ service, ...one })))
  return {
    placed: ordered?.placed ?? 0,
    open: ordered?.open ?? 0,
    messages: all.reduce((sum, { messages }) => sum + messages, 0) + (untold[0]?.count ?? 0) + toRetell(all),
    mostPushes: Math.max(...all.map(({ most }) => most)),
  }
}

const look: typeof rowsOf = (dataDir, service, shape, sql, ...parameters) =>
  rowsIn(new SqliteFile(join(dataDir, `${service}.db`), LOOK_WAIT_MS), shape, sql, parameters)

const heardOf = z.object({ database: z.string().nullable(), pass: z.unknown() })
const tellLive = services.filter((sender) => receiversFrom(sender).includes('live'))

/** How many services have still to tell live all history: it has lost its database, and they are at it or do not know yet. */
function toRetell(all: (z.infer<typeof told> & { service: Service })[]): number {
  const live = all.find(({ service }) => service === 'live')
  if (live === undefined) return 0
  return all
    .flatMap(({ service, heard }) => (heard !== null && tellLive.includes(service) ? [heard] : []))
    .map((heard) => heardOf.parse(JSON.parse(heard)))
    .filter(({ database, pass }) => pass !== null || (database !== null && database !== live.id)).length
}

/** How many dead letters our own poison has become. */
export function poisonLetters(dataDir: string): number {
  const present = services.filter((service) => existsSync(join(dataDir, `${service}.db`)))
  const counts = present.flatMap((service) => rowsOf(dataDir, service, count, POISONED, `%${POISON_MARK}%`))
  return counts.reduce((sum, one) => sum + one.count, 0)
}

/** Of orders with a count of something that happened to each, the ids of those to which it did not happen as often. */
export function fewerThan(counts: ReadonlyMap<string, number>, event: string, dataDir: string): string[] {
  return rowsOf(
    dataDir,
    'order',
    z.object({ id: z.string() }),
    FEWER,
    JSON.stringify(Object.fromEntries(counts)),
    event,
  ).map(({ id }) => id)
}

/** Of these orders, the ids of those that are in none of the states. */
export function notIn(states: string[], ids: Iterable<string>, dataDir: string): string[] {
  const wanted = [JSON.stringify([...ids]), JSON.stringify(states)]
  return rowsOf(dataDir, 'order', z.object({ id: z.string() }), NOT_IN, ...wanted).map(({ id }) => id)
}

const ORDERS = `
  SELECT COUNT(*) FILTER (WHERE sale IS NULL) AS placed, COUNT(*) FILTER (
    WHERE state = 'placed' OR (state IN ('reserved', 'paying', 'declined') AND "payBy" <= CAST(? AS INTEGER))) AS open
  FROM "Order"`

// All that is asked of each service in one: to open a file is what a look costs.
const TOLD = `
  SELECT COUNT(*) AS messages, COALESCE(MAX(pushes), 0) AS most,
    (SELECT value FROM "Meta" WHERE key = 'heard:live') AS heard, (SELECT value FROM "Meta" WHERE key = 'id') AS id
  FROM "Outbox"`
// What inventory is about to tell: a product that has changed is an event within a second or so.
const UNTOLD = `SELECT COUNT(*) AS count FROM "Stock" WHERE told IS NOT available`
const POISONED = `SELECT COUNT(*) AS count FROM "DeadLetter" WHERE body LIKE ?`
const FEWER = `
  SELECT told.key AS id FROM json_each(?) AS told
  WHERE told.value > (SELECT COUNT(*) FROM "TimelineEntry" WHERE "orderId" = told.key AND event = ?)`
const NOT_IN = `
  SELECT id FROM "Order"
  WHERE id IN (SELECT value FROM json_each(?)) AND state NOT IN (SELECT value FROM json_each(?))`

/** The rows of a query to the file of a service. */
export function rowsOf<T>(
  dataDir: string,
  service: string,
  shape: z.ZodType<T>,
  sql: string,
  ...parameters: string[]
): T[] {
  return rowsIn(new SqliteFile(join(dataDir, `${service}.db`)), shape, sql, parameters)
}

function rowsIn<T>(file: SqliteFile, shape: z.ZodType<T>, sql: string, parameters: string[]): T[] {
  try {
    return file.snapshot((snapshot) => [...snapshot.rows(shape, sql, ...parameters)])
  } finally {
    file.close()
  }
}
