import { every } from '../every.ts'
import type { Health } from '../health.ts'
import { isOurs, type Queue, type Service, serviceOf } from '../routes.ts'
import { type Shards, shardsIn } from '../shards.ts'
import type { Sql } from '../store/database.ts'
import { queuesOfSender } from '../ways.ts'
import { listsWithRows } from './on-disk.ts'
import { type Sender, startSender } from './sender.ts'
import type { SettleDeps } from './settle.ts'

const LOOK_MS = 5_000 // for rows that another instance has left, which knows of more shards

/** A sender for each list that a service sends to, and for each shard of one that there are rows for. */
export type Senders = {
  all: Map<Queue, Sender>
  to(queue: Queue): Sender
  /** Rows have been written for a queue, or shards of it, otherwise than by `publish`. */
  nudge(queue: Queue): void
  stop(): Promise<void>
}

type Deps = Omit<SettleDeps, 'window'> & {
  shards: Shards
  /** Up to which event what waits for a receiver may go out. */
  upTo(receiver: Service): number
}

export async function startSenders(deps: Deps): Promise<Senders> {
  const { service, db, health, shards } = deps
  const all = new Map<Queue, Sender>()
  const begin = (queue: Queue) =>
    all.set(queue, startSender(queue, { ...deps, upTo: () => deps.upTo(serviceOf(queue)) }))
  const known = queuesOfSender(service).flatMap((queue) => shardsIn(queue, shards))
  for (const queue of new Set([...known, ...(await queuesWaitedFor(db.read, health))])) begin(queue)
  const looking = every(LOOK_MS, 'shards.rows', health, async () => {
    const possible = queuesOfSender(service).flatMap((queue) => shardsIn(queue))
    const unknown = possible.filter((shard) => !all.has(shard))
    for (const shard of await listsWithRows(db.read, unknown)) begin(shard)
  })
  const stop = async () => {
    await looking.stop()
    await Promise.all([...all.values()].map((sender) => sender.stop()))
  }
  return { all, to: (queue) => all.get(queue) ?? noSender(service, queue), nudge: (queue) => nudge(all, queue), stop }
}

function noSender(service: Service, queue: Queue): never {
  throw new Error(`${service} sends nothing to ${queue}`)
}

function nudge(all: Map<Queue, Sender>, queue: Queue): void {
  for (const { window, wake } of shardsIn(queue).flatMap((shard) => all.get(shard) ?? [])) {
    window.close()
    wake()
  }
}

/**
 * The queues that rows wait for, also lanes that the table does not send to any more. What is for a service that has gone from the
 * table waits on: it goes out when that is back, and holds up nobody else.
 */
async function queuesWaitedFor(sql: Sql, { log }: Health): Promise<Queue[]> {
  const rows = await sql.$queryRaw<{ queue: string }[]>`SELECT DISTINCT queue FROM "Outbox"`
  const all = rows.map(({ queue }) => queue)
  const strange = all.filter((queue) => !isOurs(queue))
  if (strange.length > 0) log.warn({ queues: strange }, 'outbox.receiver_unknown')
  return all.filter(isOurs)
}
