import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openLive } from './db.ts'

/** The live service tells whoever watches what is new: news, stock, prices, rooms, orders and sales. All that it knows it has heard. */
export function start(config: Config): Promise<Running> {
  return startService('live', config, openLive, () => ({
    port: config.LIVE_PORT,
    handlers: () => ({
      'stock.changed': { says: 'topic.kept', async apply() {} },
      'price.changed': { says: 'topic.kept', async apply() {} },
      'news.posted': { says: 'topic.kept', async apply() {} },
      'room.said': { says: 'topic.kept', async apply() {} },
    }),
  }))
}

await runAsMain(import.meta.url, 'live', start)
