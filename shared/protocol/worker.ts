import { hostname } from 'node:os'
import { every } from '../every.ts'
import type { Logger } from '../logger.ts'
import type { Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { connectBlocking, type Redis, unblocker } from '../store/redis.ts'
import { createAcknowledger } from './acknowledge.ts'
import { tell } from './bus.ts'
import { createConsumer } from './consumer.ts'
import type { Publish } from './outbox.ts'
import { Processor } from './processor.ts'
import { sweepStatus } from './sweep.ts'
import type { WorkerContext } from './worker-context.ts'
import { BEAT_MS, type Beat, beat, forgetDead, leave } from './workers.ts'

const SWEEP_MS = 60_000

export type Worker = {
  /** What it would say of itself now. */
  state(): Beat
  /** Tells the others, with every beat, where this worker serves its own pages. */
  announce(url: string): void
  /** Takes no more messages, finishes those in hand, says the last words, and leaves. */
  stop(): Promise<void>
}

type Deps<Client> = Pick<WorkerContext<Client>, 'handlers'> & {
  service: Service
  redisUrl: string
  redis: Redis
  db: Pick<Database<Client>, 'read'>
  publish: Publish<Client>
  log: Logger
}

/** The receiving half of a service: one consumer of its queue, and its heartbeat. */
export function startWorker<Client extends Sql>(deps: Deps<Client>): Worker {
  const { service, redis, redisUrl, log } = deps
  const id = `${service}-${process.pid}-${Date.now().toString(36)}`
  const blocking = connectBlocking(redisUrl)
  const unblock = unblocker(blocking, redis)
  const acknowledger = createAcknowledger(redis, service)
  const processor = new Processor({ ...deps, worker: id, acknowledger })
  const mine = { host: hostname(), pid: process.pid, startedAt: Date.now(), incarnation: 0, url: null as string | null }
  const state = (): Beat => ({ ...mine, ...processor.counts, at: Date.now(), inFlight: processor.held() })

  const sayHello = async () => {
    await forgetDead(redis, service, Date.now())
    await beat(redis, service, id, state())
    await tell(redis, { type: 'workers.changed', service })
  }
  redis.on('ready', () => sayHello().catch(() => {})) // again after every reconnect, for the hash may be gone
  const beating = every(BEAT_MS, 'beat', log, async () => {
    await beat(redis, service, id, state())
    await acknowledger.flush()
  })
  let cursor = '0'
  const sweeping = every(SWEEP_MS, 'status.sweep', log, async () => {
    cursor = await sweepStatus(redis, service, cursor, Date.now())
  })
  // What a broken connection had just popped is in nobody's hands: a new incarnation tells the senders.
  const onLost = () => {
    mine.incarnation++
    sayHello().catch(() => {})
  }
  const stopping = new AbortController()
  const consuming = createConsumer(service, blocking, redis, processor, onLost).run(stopping.signal)

  return {
    state,
    announce: (url) => {
      mine.url = url
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([consuming, unblock()])
      blocking.disconnect()
      await processor.stop()
      await Promise.all([beating.stop(), sweeping.stop()])
      await acknowledger.flush()
      await leave(redis, service, id).catch(() => {})
    },
  }
}
