import { listenToBus } from './bus.ts'
import type { Database, Sql } from './db.ts'
import { every } from './every.ts'
import { pruneInbox } from './inbox.ts'
import type { Logger } from './logger.ts'
import { createOutbox, type Publish } from './outbox.ts'
import type { Redis } from './redis.ts'
import { receiversOfService, type Service } from './routes.ts'
import { createSettler } from './settle.ts'

const SETTLE_MS = 250
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
    const { newEpoch, runOnce } = createSettler(queue, deps)
    const { wake, runUnlessResting } = resting(runOnce)
    return { queue, newEpoch, wake, loop: every(SETTLE_MS, `settle.${queue}`, log, runUnlessResting) }
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
    publish: createOutbox(db, redis, log, () => {
      for (const { wake } of settlers) wake()
    }),
    repushed: () => repushed,
    stop: async () => {
      bus.close()
      await Promise.all([pruning.stop(), ...settlers.map(({ loop }) => loop.stop())])
    },
  }
}

const RESTS = 20 // times an empty outbox is not looked into; only another process can have filled it unheard

/** Lets a loop rest after a run that found nothing, until there is news. */
function resting(runOnce: () => Promise<boolean>): { wake(): void; runUnlessResting(): Promise<void> } {
  let rests = 0
  let news = 0
  return {
    wake: () => {
      rests = 0
      news++
    },
    runUnlessResting: async () => {
      if (rests-- > 0) return
      const before = news
      const foundNothing = await runOnce()
      rests = foundNothing && news === before ? RESTS : 0
    },
  }
}
