import { every } from '../every.ts'
import type { Health } from '../health.ts'
import { receiversOfService, type Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'
import { listenToBus } from './bus.ts'
import { pruneInbox } from './horizon.ts'
import { createOutbox, type Publish } from './outbox.ts'
import { type Prune, startPruning } from './prune.ts'
import { createSettler, type SettleDeps } from './settle.ts'
import type { Stamps } from './stamps.ts'

const SETTLE_MS = 250
const FIRST_PRUNE_MS = 3_600_000 // what was sent before a long rest is to be handled before anything is forgotten
const REST_MS = 5_000 // before an empty outbox is looked into; only another process can have filled it unheard

export type Producer<Client> = {
  publish: Publish<Client>
  /** How many messages had to be pushed again. */
  repushed(): number
  stop(): Promise<void>
}

type Deps<Client> = {
  service: Service
  address: RedisAddress
  redis: Redis
  db: Database<Client>
  stamps: Stamps
  health: Health
}

/** The sending half of a service: its outbox, and a settler for each queue it sends to. */
export function startProducer<Client extends Sql>({
  service,
  address,
  redis,
  db,
  stamps,
  health,
}: Deps<Client>): Producer<Client> {
  let repushed = 0
  const onRows = () => {
    for (const { wake } of settlers) wake()
  }
  const publish = createOutbox({ db, redis, stamps, log: health.log, onRows })
  const deps = { service, db, redis, stamps, health, publish, onRepush: (count: number) => (repushed += count) }
  const settlers = receiversOfService(service).map((queue) => startSettling(queue, deps))
  const pruning = startPruning('inbox.prune', db, health, pruneLater)
  const bus = listenToBus(address, health, (notice) => {
    for (const { queue, loop } of settlers) if (queue === notice.service) loop.nudge()
  })
  redis.on('ready', () => {
    for (const { newEpoch, loop } of settlers) {
      newEpoch()
      loop.nudge()
    }
  })
  return {
    publish,
    repushed: () => repushed,
    stop: async () => {
      bus.close()
      await Promise.all([pruning.stop(), ...settlers.map(({ loop }) => loop.stop())])
    },
  }
}

const pruneLater: Prune<Sql> = async (tx, now, limit) =>
  performance.now() < FIRST_PRUNE_MS ? 0 : pruneInbox(tx, now, limit)

/** Settles a queue's rows, again and again; where there were none it rests until there is news. */
function startSettling(queue: Service, deps: SettleDeps) {
  const { newEpoch, runOnce } = createSettler(queue, deps)
  let isResting = false
  let news = 0
  const periodMs = () => (isResting ? REST_MS : SETTLE_MS)
  const loop = every(periodMs, `settle.${queue}`, deps.health, async () => {
    const before = news
    isResting = (await runOnce()) && news === before
  })
  const wake = () => {
    news++
    if (isResting) setTimeout(loop.nudge, SETTLE_MS).unref()
    isResting = false
  }
  return { queue, newEpoch, wake, loop }
}
