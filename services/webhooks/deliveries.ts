import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, insert, names, records, type Sql } from '../../shared/store/sql.ts'

/** One event for one subscriber: when it became due, what was answered last, when it was taken (ms). */
export type Delivery = {
  subscription: string
  event: string
  name: string
  dueAt: number
  answer: string | null
  doneAt: number | null
}

const due: Columns<Omit<Delivery, 'answer' | 'doneAt'>> = ['subscription', 'event', 'name', 'dueAt']
const taken: Columns<Delivery> = [...due, 'answer', 'doneAt']
const key: Columns<Pick<Delivery, 'subscription' | 'event'>> = ['subscription', 'event']

/** Writes down what is due. Returns the ids of the events that were not so already. */
export async function insertDue(tx: Sql, rows: Pick<Delivery, (typeof due)[number]>[]): Promise<Set<string>> {
  const fresh = await tx.$queryRaw<{ event: string }[]>`
    ${insert('Delivery', due, rows)} ON CONFLICT DO NOTHING RETURNING event`
  return new Set(fresh.map(({ event }) => event))
}

/** Writes down what has been taken, also of what is not known any more. */
export async function noteTaken(tx: Sql, rows: Delivery[]): Promise<void> {
  await tx.$executeRaw`
    ${insert('Delivery', taken, rows)}
    ON CONFLICT (subscription, event) DO UPDATE SET answer = excluded.answer, "doneAt" = excluded."doneAt"`
}

/** Writes down why a delivery has to wait; where it `isAnswer`, in place of what was said before. */
export async function noteWait(
  tx: Sql,
  { subscription, event, answer }: Pick<Delivery, 'subscription' | 'event' | 'answer'>,
  isAnswer: boolean,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Delivery" SET answer = ${answer}
    WHERE subscription = ${subscription} AND event = ${event} AND "doneAt" IS NULL
    AND (answer IS NULL OR ${isAnswer ? 1 : 0} = 1)`
}

/** How the deliveries of a subscription stand. */
export type Tally = { subscription: string; waiting: number; failing: number; taken: number; lastAnswer: string | null }

/** The tallies of all subscriptions that have deliveries. */
export async function tallies(read: Sql): Promise<Tally[]> {
  return read.$queryRaw<Tally[]>`
    SELECT subscription, COUNT(*) - COUNT(answer) AS waiting, COUNT(answer) - COUNT("doneAt") AS failing,
      COUNT("doneAt") AS taken,
      (SELECT answer FROM "Delivery" AS last WHERE last.subscription = "Delivery".subscription AND answer IS NOT NULL
       ORDER BY event DESC LIMIT 1) AS "lastAnswer"
    FROM "Delivery" GROUP BY subscription`
}

/** How many deliveries of each subscription have had no answer yet. */
export async function untold(read: Sql): Promise<Map<string, number>> {
  const rows = await read.$queryRaw<{ subscription: string; count: number }[]>`
    SELECT subscription, COUNT(*) AS count FROM "Delivery" WHERE answer IS NULL GROUP BY subscription`
  return new Map(rows.map(({ subscription, count }) => [subscription, count]))
}

const KEPT_MS = 30 * 24 * 3_600_000

/** Deletes what became due longer ago than events are kept. */
export const pruneDeliveries: Prune<Sql> = async (tx, now, limit) => {
  const old = await tx.$queryRaw<{ subscription: string; event: string }[]>`
    SELECT ${names(key)} FROM "Delivery" WHERE "dueAt" < ${now - KEPT_MS} ORDER BY "dueAt" LIMIT ${limit}`
  return tx.$executeRaw`
    DELETE FROM "Delivery" WHERE (subscription, event) IN (SELECT subscription, event FROM ${records('Delivery', key, old)})`
}
