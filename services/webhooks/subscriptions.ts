import { z } from 'zod'
import { shopEvents } from '../../shared/shop-events.ts'
import { type Columns, insert, names, type Sql } from '../../shared/store/sql.ts'
import type { Subscription } from './subscription.ts'

type Row = Omit<Subscription, 'events'> & {
  events: string
  key: string
  fingerprint: string
  deletedAt: number | null
}

/** A registration as it is kept: under which key it was asked for, and with what. */
export type Registered = Subscription & Pick<Row, 'key' | 'fingerprint' | 'deletedAt'>

const columns: Columns<Row> = [
  ...(['id', 'url', 'events', 'secret', 'createdAt', 'pausedAt', 'pauseReason'] as const),
  ...(['key', 'fingerprint', 'deletedAt'] as const),
]

/** All subscriptions, the oldest first. */
export async function allSubscriptions(read: Sql): Promise<Registered[]> {
  const rows = await read.$queryRaw<Row[]>`
    SELECT ${names(columns)} FROM "Subscription" WHERE "deletedAt" IS NULL ORDER BY id`
  return rows.map(asRegistered)
}

/** One of them; null when there is none, or none any more. */
export async function findSubscription(read: Sql, id: string): Promise<Registered | null> {
  const [row] = await read.$queryRaw<Row[]>`
    SELECT ${names(columns)} FROM "Subscription" WHERE id = ${id} AND "deletedAt" IS NULL`
  return row === undefined ? null : asRegistered(row)
}

/** What was registered under a key, also when it is deleted by now. */
export async function registeredAs(read: Sql, key: string): Promise<Registered | null> {
  const [row] = await read.$queryRaw<Row[]>`SELECT ${names(columns)} FROM "Subscription" WHERE key = ${key}`
  return row === undefined ? null : asRegistered(row)
}

export async function insertSubscription(tx: Sql, registered: Registered): Promise<void> {
  const row = { ...registered, events: JSON.stringify(registered.events) }
  await tx.$executeRaw`${insert('Subscription', columns, [row])}`
}

/** Deletes a subscription and its secret. Returns false when there was none. */
export async function deleteSubscription(tx: Sql, id: string, now: number): Promise<boolean> {
  await tx.$executeRaw`DELETE FROM "Place" WHERE subscription = ${id}`
  const count = await tx.$executeRaw`
    UPDATE "Subscription" SET "deletedAt" = ${now}, secret = '' WHERE id = ${id} AND "deletedAt" IS NULL`
  return count > 0
}

/** From now on nothing is sent there; what happens meanwhile waits. */
export async function pause(tx: Sql, id: string, reason: string, now: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Subscription" SET "pausedAt" = ${now}, "pauseReason" = ${reason} WHERE id = ${id} AND "pausedAt" IS NULL`
}

/** Ends a pause. Returns false when there is no such subscription. */
export async function resume(tx: Sql, id: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "Subscription" SET "pausedAt" = NULL, "pauseReason" = NULL WHERE id = ${id} AND "deletedAt" IS NULL`
  return count > 0
}

const eventList = z.array(z.enum(shopEvents))

/** An event that the table does not know any more is nothing to subscribe to. */
function asRegistered(row: Row): Registered {
  return { ...row, events: eventList.parse(JSON.parse(row.events)) }
}
