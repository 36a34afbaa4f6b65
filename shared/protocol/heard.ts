import { type EventName, type Queue, queueTo, type Service } from '../routes.ts'
import { type Shards, shardFor, shardsIn } from '../shards.ts'
import { recall, remember } from '../store/meta.ts'
import { each, type Sql } from '../store/sql.ts'
import { eventsFrom } from '../ways.ts'
import { insertRows } from './outbox-rows.ts'

/** How many events are looked through in one transaction: some 10 ms, so that it never holds up the writer. */
export const CHUNK = 2_000

/** What a sender has noted about a receiver: what it has been told of, from which database, and how far a pass is. */
export type Heard = { names: EventName[]; database: string | null; pass: { names: EventName[]; after: number } | null }

/** At the start of the sender: a pass for what the receiver has not been told of, where it is to know. */
export async function begin(tx: Sql, service: Service, receiver: Service, isReader: boolean): Promise<Heard> {
  const names = eventsFrom(service, receiver)
  const known = await read(tx, receiver)
  const before = known ?? { names: [], database: null, pass: null }
  const missing = names.filter((name) => !before.names.includes(name))
  if (missing.length === 0) return before
  const isToKnow = (known === null || isReader) && (await lastSeq(tx)) > 0
  const pass = isToKnow ? { names: [...new Set([...missing, ...(before.pass?.names ?? [])])], after: 0 } : before.pass
  return note(tx, receiver, { ...before, names: isToKnow ? before.names : names, pass })
}

/** The next chunk of a pass. */
export async function goOn(tx: Sql, receiver: Service, mayEnd: boolean, shards: Shards): Promise<Heard> {
  const heard = await read(tx, receiver)
  if (heard === null || heard.pass === null) throw new Error(`no pass for ${receiver} is under way`)
  const { names, after } = heard.pass
  const upTo = Math.min(after + CHUNK, await lastSeq(tx))
  await addRows(tx, names, { after, upTo }, ({ name, subject }) => shardFor(queueTo(receiver, name), subject, shards))
  const isOver = upTo < after + CHUNK && mayEnd
  if (!isOver) return note(tx, receiver, { ...heard, pass: { names, after: upTo } })
  return note(tx, receiver, { ...heard, names: [...new Set([...heard.names, ...names])], pass: null })
}

type Told = { event: number; name: EventName; subject: string }

async function addRows(
  tx: Sql,
  names: string[],
  { after, upTo }: { after: number; upTo: number },
  listFor: (told: Told) => Queue,
) {
  const told = await tx.$queryRaw<Told[]>`
    SELECT seq AS event, name, subject FROM "Event"
    WHERE seq > ${after} AND seq <= ${upTo} AND "copyOf" IS NULL AND name IN (SELECT value FROM ${each(names)})`
  const enqueuedAt = Date.now()
  const rows = told.map((one) => ({ event: one.event, queue: listFor(one), stamp: 0, enqueuedAt }))
  await insertRows(tx, rows)
}

/** A receiver has shown itself with a database of this id; if it was another one before, all of it is to be told again. */
export async function meet(
  tx: Sql,
  service: Service,
  receiver: Service,
  database: string,
  isReader: boolean,
): Promise<Heard> {
  const heard = (await read(tx, receiver)) ?? { names: [], database: null, pass: null }
  if (heard.database === null || !isReader) return note(tx, receiver, { ...heard, database })
  const names = eventsFrom(service, receiver)
  const queues = [...new Set(names.flatMap((name) => shardsIn(queueTo(receiver, name))))]
  await tx.$executeRaw`DELETE FROM "Outbox" WHERE queue IN (SELECT value FROM ${each(queues)})`
  return note(tx, receiver, { names: [], database, pass: { names, after: 0 } })
}

async function lastSeq(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "Event"`
  return Number(row?.seq ?? 0)
}

const keyOf = (receiver: Service) => `heard:${receiver}`

async function read(sql: Sql, receiver: Service): Promise<Heard | null> {
  const noted = await recall(sql, keyOf(receiver))
  return noted === null ? null : JSON.parse(noted)
}

async function note(tx: Sql, receiver: Service, heard: Heard): Promise<Heard> {
  await remember(tx, keyOf(receiver), JSON.stringify(heard))
  return heard
}
