import { randomBytes } from 'node:crypto'
import type { Figure } from '../figure.ts'
import type { Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import type { Queue, Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'
import { createAcknowledger } from './acknowledge.ts'
import { holdClaim } from './claim.ts'
import { startHands } from './hands.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { OnDisk } from './on-disk.ts'
import { openShards } from './open-shards.ts'
import type { Publish } from './outbox.ts'
import { createOwnBeat } from './own-beat.ts'
import { startSweeping } from './sweep.ts'
import type { WorkerContext } from './worker-context.ts'
import type { Beat } from './workers.ts'

export type Worker = {
  /** What it would say of itself now. */
  state(): Beat
  /** Tells the others, with every beat, where this worker serves its own pages. */
  announce(url: string): void
  /** What goes out for this list does so at another pace. */
  setPace(list: Queue, perSecond: number | undefined): void
  figures(): Figure[]
  /** Takes no more messages, finishes those in hand, says the last words, and leaves. */
  stop(): Promise<void>
}

type Deps<Client> = Pick<WorkerContext<Client>, 'handlers' | 'stamps'> & {
  service: Service
  address: RedisAddress
  redis: Redis
  /** The id of the database that its inbox is in. */
  databaseId: string
  /** Rejects when the queue is another shop's. */
  claim(): Promise<void>
  db: Pick<Database<Client>, 'read' | 'failure'>
  publish: Publish<Client>
  health: Health
  /** What waits at the service for a turn in the lists of others. */
  onDisk(): Promise<OnDisk>
  limitsOf(list: Queue): Limits | undefined
  /** How many shards of its list it knows of. */
  shards: number
  /** Since when (ms) nothing is to be popped; null while it goes on. */
  pausedSince(): number | null
}

/** The receiving half of a service: hands that pop and work, a heartbeat, and what sweeps behind them. */
export function startWorker<Client extends Sql>(deps: Deps<Client>): Worker {
  const { service, redis, health, pausedSince } = deps
  const worker = newWorkerId(service)
  const acknowledger = createAcknowledger(redis, health)
  const hold = holdClaim(deps.claim)
  const mayPop = () => hold.isOurs() && pausedSince() === null
  const hands = startHands({ ...deps, worker, acknowledger, mayPop, onLost: () => lost() })
  const own = createOwnBeat({ ...deps, hands })
  const heartbeat = startHeartbeat({ ...deps, worker, acknowledger, hold, hands, own })
  const sweeping = startSweeping(deps)
  const shards = openShards({ service, redis, health, count: deps.shards, reachFor: hands.reachFor })
  // What a broken connection had just popped is in nobody's hands: a new incarnation tells the senders.
  const lost = () => {
    own.beginAnew()
    heartbeat.hello()
  }
  const { setPace, figures } = hands
  const stop = async () => {
    await Promise.all([shards.stop(), hands.stop()])
    await Promise.all([heartbeat.stop(), sweeping.stop()])
  }
  return { state: own.now, announce: own.announce, setPace, figures, stop }
}

/** Hosts may have the same process ids. */
const newWorkerId = (service: Service) => `${service}-${process.pid}-${randomBytes(9).toString('base64url')}`
