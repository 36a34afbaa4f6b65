import type { Handler, Handlers } from '../handler.ts'
import type { Logger } from '../logger.ts'
import type { EventName, Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { connectCommands, type Redis } from '../store/redis.ts'
import type { Publish } from './outbox.ts'
import { type Producer, startProducer } from './producer.ts'
import { startWorker, type Worker } from './worker.ts'

/** One service's end of the pipeline, running: it sends through `publish` and receives with its handlers. */
export type Pipeline<Client> = {
  redis: Redis
  producer: Producer<Client>
  worker: Worker
  stop(): Promise<void>
}

/**
 * Connects a service to the pipeline. `handlers` is made with `publish` in hand, for a handler may note in a
 * transaction of its own what it is about to do outside.
 */
export function startPipeline<S extends Service, Client extends Sql>(parts: {
  service: S
  redisUrl: string
  db: Database<Client>
  log: Logger
  handlers: (publish: Publish<Client>) => Handlers<S, Client>
}): Pipeline<Client> {
  const { service, redisUrl, db, log } = parts
  const redis = connectCommands(redisUrl, log)
  const producer = startProducer({ service, redisUrl, redis, db, log })
  const handlers: Partial<Record<EventName, Handler<EventName, Client, unknown>>> = parts.handlers(producer.publish)
  const worker = startWorker({
    service,
    redisUrl,
    redis,
    db,
    log,
    handlers,
    publish: producer.publish,
  })
  return {
    redis,
    producer,
    worker,
    stop: async () => {
      await worker.stop()
      await producer.stop()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}
