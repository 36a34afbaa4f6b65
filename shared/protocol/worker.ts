import { hostname } from 'node:os'
import { every } from '../every.ts'
import type { Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import type { Service } from '../routes.ts'
import { routesVersion } from '../routes-version.ts'
import type { Database, Sql } from '../store/database.ts'
import { connectBlocking, type Redis, type RedisAddress, unblocker } from '../store/redis.ts'
import { createAcknowledger } from './acknowledge.ts'
import { tell } from './bus.ts'
import { ForeignQueue } from './claim.ts'
import { createConsumer } from './consumer.ts'
import type { Publish } from './outbox.ts'
import { WayOut } from './outside.ts'
import { Processor } from './processor.ts'
import { createSweep } from './sweep.ts'
import type { WorkerContext } from './worker-context.ts'
import { allWorkers, BEAT_MS, type Beat, beat, createAttendance, forget } from './workers.ts'

const SWEEP_MS = 60_000

export type Worker = {
  /** What it would say of itself now. */
  state(): Beat
  /** Tells the others, with every beat, where this worker serves its own pages. */
  announce(url: string): void
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
  limits: Limits | undefined
}

/** The receiving half of a service: one consumer of its queue, and its heartbeat. */
export function startWorker<Client extends Sql>(deps: Deps<Client>): Worker {
  const { service, redis, address, health, claim, databaseId: database } = deps
  const id = `${service}-${process.pid}-${Date.now().toString(36)}`
  const blocking = connectBlocking(address, health)
  const unblock = unblocker(blocking, redis)
  const acknowledger = createAcknowledger(redis, service, health)
  const outside = new WayOut(health.log, deps.limits)
  const processor = new Processor({ ...deps, log: health.log, worker: id, acknowledger, outside })
  const mine = { host: hostname(), pid: process.pid, startedAt: Date.now(), incarnation: 0, url: null as string | null }
  const known = { database, routes: routesVersion }
  const state = (): Beat => ({ ...mine, ...known, ...processor.counts, at: Date.now(), inFlight: processor.held() })

  let refusal: unknown = null // another shop has taken the queue while Redis had forgotten whose it was
  const claimAgain = async () => {
    refusal = await claim().then(
      () => null,
      (error) => (error instanceof ForeignQueue ? error : refusal),
    )
    if (refusal !== null) throw refusal
  }
  const attendance = createAttendance()
  const beatAndLook = async () => {
    await beat(redis, service, id, state())
    if (deps.limits?.perSecond === undefined) return
    outside.share(attendance(await allWorkers(redis, service), performance.now()).live.size)
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
  const sweep = createSweep(redis, service)
  const sweeping = every(SWEEP_MS, 'status.sweep', health, async () => {
    await sweep(performance.now())
  })
  // What a broken connection had just popped is in nobody's hands: a new incarnation tells the senders.
  const onLost = () => {
    mine.incarnation++
    tryHello()
  }
  const stopping = new AbortController()
  const consuming = createConsumer({
    service,
    blocking,
    redis,
    processor,
    health,
    onLost,
    mayPop: () => refusal === null,
  }).run(stopping.signal)

  return {
    state,
    announce: (url) => {
      mine.url = url
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([consuming, unblock()])
      blocking.disconnect()
      outside.stop()
      await processor.stop()
      await Promise.all([beating.stop(), sweeping.stop()])
      await acknowledger.flush()
      await forget(redis, service, [id]).catch(() => {})
    },
  }
}
