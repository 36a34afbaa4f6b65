import { createBell, listenToBells } from '../../shared/bell.ts'
import { type Config, hasLimits } from '../../shared/config.ts'
import type { Logger } from '../../shared/logger.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { identityOf } from '../../shared/store/meta.ts'
import type { Redis } from '../../shared/store/redis.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { type Ask, createAsk } from '../../shared/web/ask-service.ts'
import { createCustomerSessions } from '../../shared/web/customer-session.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import type { Express } from '../../shared/web/http.ts'
import { watchLoop } from '../../shared/web/loop-delay.ts'
import { createShedding, type Shedding } from '../../shared/web/shed.ts'
import { markOf } from './cursor.ts'
import { openLive } from './db.ts'
import { type AllFeeds, createFeeds, rung } from './feeds.ts'
import { followTopics } from './follow-topics.ts'
import { createHub } from './hub.ts'
import { keepTopics } from './keep-topics.ts'
import { createReaders, type Readers } from './readers.ts'
import { createTally } from './tally.ts'
import { createTopicDoor } from './topic-door.ts'
import { pruneTopics } from './topics.ts'

/** The live service tells whoever watches what is new: news, stock, prices, rooms, orders and sales. All that it knows it has heard. */
export function start(config: Config): Promise<Running> {
  return startService('live', config, openLive, async (db, log, health) => {
    const mark = markOf(await identityOf(db))
    const late = watchLoop()
    const shedding = createShedding({ load: () => ({ delayMs: late.ms(), waitMs: 0, promiseMs: 0 }), log })
    const tally = createTally()
    let asked: Ask = async () => null // until it is connected
    const feeds = createFeeds({ read: db.read, ask: (...question) => asked(...question), health, tally })
    const readers = createReaders(createHub(feeds.of, mark))
    const bells = listenToBells(redisAddressOf(config), rung, health, feeds.nudge)
    db.onCommit(() => feeds.nudge('live'))
    return {
      port: config.LIVE_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL, config.SALE_URL],
      handlers: () => keepTopics,
      mount: (app, { redis }) => {
        asked = askingOthers(config, redis, log)
        db.onCommit(createBell('live', redis).ring)
        mountTopics(app, config, { readers, feeds, shedding, log })
      },
      mountOps: shedding.mountOps,
      figures: () => [
        { name: 'live_streams', help: 'Streams that are open', value: readers.count },
        { name: 'live_topics', help: 'Topics that are watched', value: feeds.topics },
        ...tally.figures(),
        ...shedding.figures(),
      ],
      loops: () => [startPruning('topics.prune', db, health, pruneTopics)],
      beforeClose: async () => {
        late.stop()
        bells.close()
        readers.end()
        await feeds.stop()
      },
    }
  })
}

function askingOthers(
  { ORDER_URL: order, SALE_URL: sale, CALL_SECRET: secret }: Config,
  redis: Redis,
  log: Logger,
): Ask {
  return createAsk({ redis, told: { order, sale }, secret, log })
}

type Own = { readers: Readers; feeds: AllFeeds; shedding: Shedding; log: Logger }

/** What people and their programs come for. */
function mountTopics(app: Express, config: Config, { readers, feeds, shedding, log }: Own): void {
  const secret = config.SESSION_SECRET
  const sessions = secret === undefined ? null : createCustomerSessions({ secret })
  const keys = createOrderKeys(config.ORDER_KEY_SECRET)
  const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
  const isLimited = hasLimits(config)
  const door = createTopicDoor({ keys, guard, sessions, knowsSale: feeds.knowsSale, isLimited, log })
  const endpoints = followTopics({ readers, door, isLimited })
  mountEndpoints(app, endpoints, { shedding })
  describeApi(app, endpoints)
}

await runAsMain(import.meta.url, 'live', start)
