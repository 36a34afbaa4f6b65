import { listenToBus } from './bus.ts'
import type { Database, Sql } from './db.ts'
import { every } from './every.ts'
import { pruneInbox } from './inbox.ts'
import type { Logger } from './logger.ts'
import { createOutbox, type Publish } from './outbox.ts'
import type { Redis } from './redis.ts'
import { receiversOfService, type Service } from './routes.ts'
import { createSettler } from './settle.ts'

const SETTLE_MS = 500
const PRUNE_MS = 60_000

export type Producer<Client> = {
  publish: Publish<Client>
  /** How many messages had to be pushed again. */
  repushed(): number
  stop(): Promise<void>
}

type Deps<Client> = { service: Service; redisUrl: string; redis: Redis; db: Database<Client>; log: Logger }

/** The sending half of a service: its outbox, and a settler for each queue it sends to. */
export function startProducer<Client extends Sql>({
  service,
  redisUrl,
  redis,
  db,
  log,
}: Deps<Client>): Producer<Client> {
  let repushed = 0
  const deps = { db, redis, log, onRepush: (count: number) => (repushed += count) }
  const settlers = receiversOfService(service).map((queue) => {
    const settler = createSettler(queue, deps)
    return { queue, ...settler, loop: every(SETTLE_MS, `settle.${queue}`, log, settler.runOnce) }
  })
  const pruning = every(PRUNE_MS, 'inbox.prune', log, async () => {
    await db.write((tx) => pruneInbox(tx, Date.now()))
  })
  const bus = listenToBus(redisUrl, (notice) => {
    for (const { queue, loop } of settlers) if (queue === notice.service) loop.nudge()
  })
  redis.on('ready', () => {
    for (const { newEpoch, loop } of settlers) {
      newEpoch()
      loop.nudge()
    }
  })
  return {
    publish: createOutbox(db, redis, log),
    repushed: () => repushed,
    stop: async () => {
      bus.close()
      await Promise.all([pruning.stop(), ...settlers.map(({ loop }) => loop.stop())])
    },
  }
}
