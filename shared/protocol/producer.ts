import type { Emitted } from '../events.ts'
import type { Loop } from '../every.ts'
import type { Health } from '../health.ts'
import { isReader as isReaderByTable, type Queue, queuesOf, type Service, serviceOf } from '../routes.ts'
import { type Shards, shardFor } from '../shards.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'
import { listenToBus } from './bus.ts'
import { forgetBodies } from './close-letter.ts'
import { openHistory } from './history.ts'
import { eventsKeptMs, pruneEvents, pruneInbox } from './horizon.ts'
import { createDiskCount, type OnDisk } from './on-disk.ts'
import { createOutbox, type Publish } from './outbox.ts'
import { type Prune, startPruning } from './prune.ts'
import { startSenders } from './senders.ts'
import type { Stamps } from './stamps.ts'

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

/** The sending half of a service: its outbox, a sender for each list, what is told of history, and what is forgotten. */
export async function startProducer<Client extends Sql>(deps: Deps<Client>): Promise<Producer<Client>> {
  const { service, address, redis, db, stamps, health, isReader = isReaderByTable, shards = {} } = deps
  let repushed = 0
  const onRepush = (count: number) => (repushed += count)
  const windowOf = (queue: Queue) => senders.to(queue).window
  const listsFor = ({ name, subject }: Emitted) => queuesOf(name).map((queue) => shardFor(queue, subject, shards))
  const publish = createOutbox({ db, stamps, windowOf, listsFor, onRows: (queue) => senders.to(queue).wake() })
  const { upTo, start } = await openHistory({ service, db, redis, health, isReader, shards })
  const senders = await startSenders({ service, db, redis, stamps, health, publish, onRepush, shards, upTo })
  const loops = [start(senders.nudge), ...startForgetting(service, db, health)]
  const bus = listenToBus(address, health, (notice) => {
    for (const [queue, { settle }] of senders.all) if (serviceOf(queue) === notice.service) settle()
  })
  redis.on('ready', () => senders.all.forEach(({ newEpoch }) => void newEpoch()))
  const onDisk = createDiskCount(db.read, senders.all)
  const stop = async () => {
    bus.close()
    await Promise.all(loops.map((loop) => loop.stop()))
    await senders.stop()
  }
  return { publish, nudge: senders.nudge, repushed: () => repushed, onDisk, stop }
}

/** What is in the inbox, in letters that are closed, and in the log of events, each for as long as it is kept. */
function startForgetting(service: Service, db: Database<Sql>, health: Health): Loop[] {
  const keptMs = eventsKeptMs(service)
  return [
    startPruning('inbox.prune', db, health, pruneLater),
    startPruning('letters.prune', db, health, forgetBodies),
    startPruning('events.prune', db, health, pruneEvents(keptMs), keptMs === 0 ? SOON_MS : undefined),
  ]
}

const pruneLater: Prune<Sql> = async (tx, now, limit) =>
  performance.now() < FIRST_PRUNE_MS ? 0 : pruneInbox(tx, now, limit)
