import type { Queue, Service } from '../routes.ts'
import { shardsIn } from '../shards.ts'
import { type Columns, names, records, type Sql } from '../store/sql.ts'
import { queuesOfSender } from '../ways.ts'
import { listsWithRows } from './on-disk.ts'
import { countWaiting } from './waiting-rows.ts'

const LOOK_BACK = 1_000 // events among which samples are sought by who comes anew
const SAMPLE_MAX = 16 * 1024 // characters; what is larger is nothing to look at, and would travel once a second

/** An event as it is kept. `data` is JSON, `at` in ms. */
export type Sample = { name: string; v: number; id: string; subject: string; at: number; data: string }

/**
 * What goes through a service's tables: how many events it has emitted since a place (`upTo` of the answer before), the
 * newest of each of them, what waits on its disk for a turn in a list or in a shard of one, and the dead letters it keeps, by
 * whom they were for.
 */
export type Traffic = {
  upTo: number
  sent: { name: string; count: number }[]
  samples: Sample[]
  onDisk: { queue: Queue; count: number; isCapped: boolean; oldestAt: number | null }[]
  dead: { queue: Service; name: string | null; count: number }[]
}

/** Reads it by index, and only what is new: it may be asked once a second while the service is at work. */
export async function readTraffic(sql: Sql, sender: Service, after: number | null): Promise<Traffic> {
  const upTo = await lastSeq(sql)
  const from = after === null || after > upTo ? upTo - LOOK_BACK : after
  const sent = await sentAfter(sql, from)
  return {
    upTo,
    sent: sent.map(({ name, count }) => ({ name, count })),
    samples: await samplesOf(sql, sent),
    onDisk: await Promise.all((await listsTo(sql, sender)).map((queue) => waitingFor(sql, queue))),
    dead: await deadByReceiver(sql),
  }
}

/** Every list that it sends to, and the shards of them that there are rows for. */
async function listsTo(sql: Sql, sender: Service): Promise<Queue[]> {
  const lists = queuesOfSender(sender)
  const shards = lists.flatMap((list) => shardsIn(list)).filter((list) => !lists.includes(list))
  return [...lists, ...(await listsWithRows(sql, shards))]
}

async function lastSeq(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ last: number | null }[]>`SELECT MAX(seq) AS last FROM "Event"`
  return row?.last ?? 0
}

type Sent = { name: string; count: number; seq: number }
const bySeq: Columns<Sent> = ['seq']
const sampled: Columns<Sample> = ['name', 'v', 'id', 'subject', 'at', 'data']

/** Copies that are sent once more are nothing that happened. */
async function sentAfter(sql: Sql, seq: number): Promise<Sent[]> {
  return sql.$queryRaw<Sent[]>`
    SELECT name, COUNT(*) AS count, MAX(seq) AS seq FROM "Event" WHERE seq > ${seq} AND "copyOf" IS NULL GROUP BY name`
}

async function samplesOf(sql: Sql, sent: Sent[]): Promise<Sample[]> {
  return sql.$queryRaw<Sample[]>`
    SELECT ${names(sampled)} FROM "Event"
    WHERE seq IN (SELECT seq FROM ${records('Event', bySeq, sent)}) AND LENGTH(data) <= ${SAMPLE_MAX}`
}

async function waitingFor(sql: Sql, queue: Queue): Promise<Traffic['onDisk'][number]> {
  const [oldest] = await sql.$queryRaw<{ at: number }[]>`
    SELECT "enqueuedAt" AS at FROM "Outbox" WHERE queue = ${queue} AND stamp = 0 ORDER BY event LIMIT 1`
  return { queue, ...(await countWaiting(sql, queue)), oldestAt: oldest?.at ?? null }
}

async function deadByReceiver(sql: Sql): Promise<Traffic['dead']> {
  return sql.$queryRaw<Traffic['dead']>`
    SELECT queue, name, COUNT(*) AS count FROM "DeadLetter"
    WHERE "replayedAt" IS NULL AND "discardedAt" IS NULL GROUP BY queue, name`
}
