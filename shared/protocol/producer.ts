import type { Emitted } from '../events.ts'
import { every } from '../every.ts'
import type { Health } from '../health.ts'
import { isOurs, isReader as isReaderByTable, type Queue, queuesOf, type Service, serviceOf } from '../routes.ts'
import { type Shards, shardFor, shardsIn } from '../shards.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'
import { queuesOfSender } from '../ways.ts'
import { listenToBus } from './bus.ts'
import { forgetBodies } from './close-letter.ts'
import { openHistory } from './history.ts'
import { eventsKeptMs, pruneEvents, pruneInbox } from './horizon.ts'
import { createDiskCount, listsWithRows, type OnDisk } from './on-disk.ts'
import { createOutbox, type Publish } from './outbox.ts'
import { type Prune, startPruning } from './prune.ts'
import { type Sender, startSender } from './sender.ts'
import type { Stamps } from './stamps.ts'

const LOOK_MS = 5_000 // for rows that another instance has left, which knows of more shards
const SOON_MS = 1_000 // for events that are not kept
const FIRST_PRUNE_MS = 3_600_000 // what was sent before a long rest is to be handled before anything is forgotten

export type Producer<Client> = {
  publish: Publish<Client>
  /** Rows have been written for a queue, or shards of it, otherwise than by `publish`. */
  nudge(queue: Queue): void
  /** How many messages had to be pushed again. */
  repushed(): number
  /** What waits here for a turn in each list, as far as one is full or Redis away; counted at most once a second. */
  onDisk(): Promise<OnDisk>
  stop(): Promise<void>
}

type Deps<Client> = {
  service: Service
  address: RedisAddress
  redis: Redis
  db: Database<Client>
  stamps: Stamps
  health: Health
  /** Who is given all history again; else as the table says. */
  isReader?: (receiver: Service) => boolean
  /** How it splits the lists of its receivers. */
  shards?: Shards
}

/** The sending half of a service: its outbox, and a sender for each queue, and for each shard of one that there are rows for. */
export async function startProducer<Client extends Sql>({
  service,
  address,
  redis,
  db,
  stamps,
  health,
  isReader = isReaderByTable,
  shards = {},
}: Deps<Client>): Promise<Producer<Client>> {
  let repushed = 0
  const windowOf = (queue: Queue) => senderTo(queue).window
  const listsFor = ({ name, subject }: Emitted) => queuesOf(name).map((queue) => shardFor(queue, subject, shards))
  const publish = createOutbox({ db, stamps, windowOf, listsFor, onRows: (queue) => senderTo(queue).wake() })
  const onRepush = (count: number) => (repushed += count)
  const deps = { service, db, redis, stamps, health, publish, onRepush }
  const keptMs = eventsKeptMs(service)
  const history = await openHistory({ service, db, redis, health, isReader, shards })
  const known = queuesOfSender(service).flatMap((queue) => shardsIn(queue, shards))
  const senders = new Map<Queue, Sender>()
  const begin = (queue: Queue) =>
    senders.set(queue, startSender(queue, { ...deps, upTo: () => history.upTo(serviceOf(queue)) }))
  for (const queue of new Set([...known, ...(await queuesWaitedFor(db.read, health))])) begin(queue)
  const senderTo = (queue: Queue): Sender => {
    const sender = senders.get(queue)
    if (sender === undefined) throw new Error(`${service} sends nothing to ${queue}`)
    return sender
  }
  const nudge = (queue: Queue) => {
    for (const sender of shardsIn(queue).flatMap((shard) => senders.get(shard) ?? [])) {
      sender.window.close()
      sender.wake()
    }
  }
  const lookForOthers = async () => {
    const unknown = queuesOfSender(service)
      .flatMap((queue) => shardsIn(queue))
      .filter((shard) => !senders.has(shard))
    for (const shard of await listsWithRows(db.read, unknown)) begin(shard)
  }
  const loops = [
    every(LOOK_MS, 'shards.rows', health, lookForOthers),
    history.start(nudge),
    startPruning('inbox.prune', db, health, pruneLater),
    startPruning('letters.prune', db, health, forgetBodies),
    startPruning('events.prune', db, health, pruneEvents(keptMs), keptMs === 0 ? SOON_MS : undefined),
  ]
  const bus = listenToBus(address, health, (notice) => {
    for (const [queue, { settle }] of senders) if (serviceOf(queue) === notice.service) settle()
  })
  redis.on('ready', () => {
    for (const { newEpoch } of senders.values()) newEpoch()
  })
  return {
    publish,
    nudge,
    repushed: () => repushed,
    onDisk: createDiskCount(db.read, senders),
    stop: async () => {
      bus.close()
      await Promise.all(loops.map((loop) => loop.stop()))
      await Promise.all([...senders.values()].map((sender) => sender.stop()))
    },
  }
}

const pruneLater: Prune<Sql> = async (tx, now, limit) =>
  performance.now() < FIRST_PRUNE_MS ? 0 : pruneInbox(tx, now, limit)

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
