import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { every } from '../every.ts'
import type { Figure } from '../figure.ts'
import type { Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import { asideOf, lanesOf, type Queue, type Service, shardsOf } from '../routes.ts'
import { routesVersion } from '../routes-version.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'
import { createAcknowledger } from './acknowledge.ts'
import { tell } from './bus.ts'
import { ForeignQueue } from './claim.ts'
import { startHand } from './hand.ts'
import { sumOfTimes } from './held.ts'
import { createInHand } from './in-hand.ts'
import type { OnDisk } from './on-disk.ts'
import { openShards } from './open-shards.ts'
import type { Publish } from './outbox.ts'
import { figuresOf } from './passage-figures.ts'
import { processTable } from './process-table.ts'
import { createSweep } from './sweep.ts'
import type { WorkerContext } from './worker-context.ts'
import { allWorkers, BEAT_MS, type Beat, beat, createAttendance, forget } from './workers.ts'

const SWEEP_MS = 60_000

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

/** The receiving half of a service: a hand for its lists, one more for the list aside where it has one, and its heartbeat. */
export function startWorker<Client extends Sql>(deps: Deps<Client>): Worker {
  const { service, redis, health, claim, limitsOf, pausedSince, databaseId: database } = deps
  const id = `${service}-${process.pid}-${randomBytes(9).toString('base64url')}` // hosts may have the same pids
  const acknowledger = createAcknowledger(redis, health)
  const mine = { host: hostname(), pid: process.pid, startedAt: Date.now(), incarnation: 0, url: null as string | null }
  const known = { database, routes: routesVersion, table: processTable }
  const state = (): Beat => {
    const sumOf = (count: (hand: (typeof hands)[number]) => number) => hands.reduce((sum, hand) => sum + count(hand), 0)
    return {
      ...{ ...mine, ...known, at: Date.now(), inFlight: sumOf((hand) => hand.held()), onDisk },
      handled: sumOf(({ counts }) => counts.handled),
      retried: sumOf(({ counts }) => counts.retried),
      buried: sumOf(({ counts }) => counts.buried),
      times: sumOfTimes(hands.map((hand) => hand.times())),
      pausedAt: pausedSince() ?? undefined,
      passage: limitsOf(service) && main.passage(), // else nothing goes out
    }
  }

  let refusal: unknown = null // another shop has taken the queue while Redis had forgotten whose it was
  const claimAgain = async () => {
    refusal = await claim().then(
      () => null,
      (error) => (error instanceof ForeignQueue ? error : refusal),
    )
    if (refusal !== null) throw refusal
  }
  const attendance = createAttendance()
  let onDisk: OnDisk = {}
  const told = (counts: OnDisk) => {
    onDisk = counts
  }
  const beatAndLook = async () => {
    deps.onDisk().then(told, () => {}) // a disk that cannot be read, or does not answer, is told of by others; this one is there
    await beat(redis, service, id, state())
    if (hands.every((hand) => hand.passage().perSecond === null)) return
    const { live } = attendance(await allWorkers(redis, service), performance.now())
    for (const hand of hands) hand.share(live.size)
  }
  const sayHello = async () => {
    await claimAgain()
    await beatAndLook()
    await tell(redis, { type: 'workers.changed', service })
  }
  const tryHello = () => void sayHello().catch(() => {}) // if it still fails a second later, the beat tells why
  redis.on('ready', tryHello) // again after every reconnect, for the hash may be gone
  const beating = every(BEAT_MS, 'beat', health, async () => {
    await claimAgain() // soon after Redis has forgotten it, or another shop that starts then would take the queue
    await beatAndLook()
    await acknowledger.flush()
  })
  const sweeps = shardsOf(service).map((list) => createSweep(redis, list))
  const sweeping = every(SWEEP_MS, 'status.sweep', health, async () => {
    for (const sweep of sweeps) await sweep(performance.now())
  })
  // What a broken connection had just popped is in nobody's hands: a new incarnation tells the senders.
  const onLost = () => {
    mine.incarnation++
    tryHello()
  }
  const mayPop = () => refusal === null && pausedSince() === null
  const ofAll = { ...deps, worker: id, acknowledger, inHand: createInHand(), onLost, mayPop }
  const aside = asideOf(service).map(
    (list) => [list, startHand({ ...ofAll, lists: [list], limits: limitsOf(list) })] as const,
  )
  const main = startHand({ ...ofAll, lists: lanesOf(service), limits: limitsOf(service) })
  const byList = new Map([[service, main], ...aside])
  const hands = [...byList.values()]
  const shards = openShards({ service, redis, health, count: deps.shards, reachFor: main.reachFor })

  return {
    state,
    announce: (url) => {
      mine.url = url
    },
    setPace: (list, perSecond) => byList.get(list)?.setPace(perSecond),
    figures: () => [...byList].flatMap(([list, hand]) => (limitsOf(list) ? figuresOf(list, hand.passage) : [])),
    stop: async () => {
      await Promise.all([shards.stop(), ...hands.map((hand) => hand.stop())])
      await Promise.all([beating.stop(), sweeping.stop()])
      await acknowledger.flush()
      await forget(redis, service, [id]).catch(() => {})
    },
  }
}
