import type { Config } from '../../shared/config.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { openWebhooks } from './db.ts'
import { pruneDeliveries } from './deliveries.ts'
import { createFollower } from './follow-events.ts'
import { createLines } from './lines.ts'
import { mountSubscriptions } from './mount-subscriptions.ts'
import { createPost } from './post-webhook.ts'
import { networksOf } from './reach.ts'
import { tellSubscriber } from './tell-subscriber.ts'

/**
 * The webhooks service tells subscribers outside what happens in the shop. It looks into the events that the other
 * services keep, so a shop without subscribers pays nothing for it; what is due to a subscriber goes through its own list.
 */
export function start(config: Config): Promise<Running> {
  const networks = networksOf(config)
  const lines = createLines()
  const post = createPost(networks)
  return startService('webhooks', config, openWebhooks, (db, log, health) => {
    const follower = createFollower({ db, lines, health })
    return {
      outside: { isFixed: true },
      handlers: (publish) => ({
        'webhook.due': tellSubscriber({
          ...{ read: db.read, publish, lines, post, log },
          shopUrl: config.SHOP_URL,
          onSaid: follower.goOn,
        }),
      }),
      mountOps: (app) =>
        mountSubscriptions(app, { db, networks, log, lines, ends: follower.ends, onChange: follower.nudge }),
      loops: ({ redis, producer }) => [
        ...follower.start(createAsk({ redis, secret: config.CALL_SECRET, log }), producer.publish),
        startPruning('deliveries.prune', db, health, pruneDeliveries),
      ],
      beforeClose: post.end,
    }
  })
}

await runAsMain(import.meta.url, 'webhooks', start)
