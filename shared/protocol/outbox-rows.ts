import type { Queue } from '../routes.ts'
import { type Columns, insert, names, records, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'

/**
 * One event (its `seq`) on its way to one list, kept until the receiver has said its final word. `stamp` is that of its
 * last push; 0 while it waits here for its turn.
 */
type Fresh = { event: number; queue: Queue; stamp: number; pushes: number; enqueuedAt: number }

const columns: Columns<Fresh> = ['event', 'queue', 'stamp', 'pushes', 'enqueuedAt']
const byPlace: Columns<Waiting & { queue: Queue }> = ['event', 'queue', 'stamp']
const byStamp: Columns<{ queue: Queue; stamp: number }> = ['queue', 'stamp']
const putBack: Columns<Waiting & { queue: Queue }> = ['event', 'queue', 'stamp', 'attempt', 'crashes']

/** Writes rows to the outbox; those that are there already stay as they are. */
export async function insertRows(tx: Sql, rows: Omit<Fresh, 'pushes'>[]): Promise<void> {
  if (rows.length === 0) return
  const fresh = rows.map((row) => ({ ...row, pushes: row.stamp === 0 ? 0 : 1 }))
  await tx.$executeRaw`${insert('Outbox', columns, fresh)} ON CONFLICT DO NOTHING`
}

/** Whether nothing is left that waits for this queue's word. */
export async function isSettled(sql: Sql, queue: Queue): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE queue = ${queue} LIMIT 1`
  return rows.length === 0
}

/** What can be said of a row without the event's content; `id` is the event's, and so the message's. */
export type Waiting = { event: number; id: string; attempt: number; stamp: number; crashes: number; enqueuedAt: number }
type Place = { stamp: number; event: number }
const waiting: Columns<Waiting> = ['event', 'id', 'attempt', 'stamp', 'crashes', 'enqueuedAt']

/** The rows of a queue that have been pushed, in the order they were: after a place, up to a stamp, at most `limit`. */
export async function waitingBetween(sql: Sql, queue: Queue, after: Place, upTo: number, limit: number) {
  return sql.$queryRaw<Waiting[]>`
    SELECT ${names(waiting)} FROM "Outbox" JOIN "Event" ON seq = event
    WHERE queue = ${queue} AND (stamp, event) > (${after.stamp}, ${after.event}) AND stamp <= ${upTo}
    ORDER BY stamp, event LIMIT ${limit}`
}

/** A row together with what it is about. */
export type Sending = Waiting & StoredEvent
const sending: Columns<Sending> = [...new Set([...waiting, ...eventColumns])]

/** These rows, as far as they are still there. */
export async function rowsOf(sql: Sql, queue: Queue, rows: Waiting[]): Promise<Sending[]> {
  return sql.$queryRaw<Sending[]>`
    SELECT ${names(sending)} FROM "Outbox" JOIN "Event" ON seq = event
    WHERE (event, queue) IN (SELECT event, queue FROM ${records('Outbox', byPlace, named(queue, rows))})`
}

/** Deletes exactly these rows, as they were: one that was pushed again meanwhile, or begins a new pass, stays. */
export async function deleteRows(tx: Sql, queue: Queue, rows: Waiting[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Outbox" WHERE (event, queue, stamp) IN
      (SELECT event, queue, stamp FROM ${records('Outbox', byPlace, named(queue, rows))})`
}

/**
 * Rows are found by what they carry, and by no condition beside it: a database that does not know yet how many wait would
 * take those for one, and go over all that it is given for each of them.
 */
const named = <Row extends object>(queue: Queue, rows: Row[]) => rows.map((row) => ({ ...row, queue }))

/**
 * Puts rows (with their new attempt and crashes) back among those that wait for their turn. Returns how many had still
 * the stamp given: a second process of the same service that settles at the same time puts none of them back.
 */
export async function putBackRows(tx: Sql, queue: Queue, rows: Waiting[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Outbox" SET stamp = 0, attempt = old.attempt, crashes = old.crashes
    FROM ${records('Outbox', putBack, named(queue, rows))} AS old
    WHERE "Outbox".queue = old.queue AND "Outbox".event = old.event AND "Outbox".stamp = old.stamp`
}

/** The same for all that went out under these stamps. */
export async function putBackStamps(tx: Sql, queue: Queue, stamps: number[]): Promise<void> {
  const rows = stamps.map((stamp) => ({ queue, stamp }))
  await tx.$executeRaw`
    UPDATE "Outbox" SET stamp = 0
    WHERE (queue, stamp) IN (SELECT queue, stamp FROM ${records('Outbox', byStamp, rows)})`
}

/** Takes the first `limit` rows that wait for their turn, up to an event, and notes that they go out under `stamp`. */
export async function takeRows(tx: Sql, queue: Queue, upTo: number, limit: number, stamp: number): Promise<Sending[]> {
  const rows = await tx.$queryRaw<Sending[]>`
    SELECT ${names(sending)} FROM "Outbox" JOIN "Event" ON seq = event
    WHERE queue = ${queue} AND stamp = 0 AND event <= ${upTo} ORDER BY event LIMIT ${limit}`
  const taken = await tx.$queryRaw<{ event: number }[]>`
    UPDATE "Outbox" SET stamp = ${stamp}, pushes = pushes + 1
    WHERE (event, queue, stamp) IN (SELECT event, queue, stamp FROM ${records('Outbox', byPlace, named(queue, rows))})
    RETURNING event`
  const ours = new Set(taken.map(({ event }) => event)) // another instance may have been faster
  return rows.filter(({ event }) => ours.has(event)).map((row) => ({ ...row, stamp }))
}
