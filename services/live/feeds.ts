import type { Health } from '../../shared/health.ts'
import type { Service } from '../../shared/routes.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import { askedSource } from './asked-source.ts'
import type { Client } from './db.ts'
import { createFeed, type Feed } from './feed.ts'
import type { Feeds } from './hub.ts'
import { createKnownSales, type KnowsSale } from './known-sales.ts'
import { orderSource } from './order-source.ts'
import { ownSource } from './own-source.ts'
import type { Tally } from './tally.ts'

/** Whose bells are listened to: those of services whose topics are told, and our own, for another process may have kept something. */
export const rung = ['live', 'order', 'sale'] as const

/** All that is told, by who knows it. */
export type AllFeeds = {
  of: Feeds
  knowsSale: KnowsSale
  /** Something may be new at this service. */
  nudge(service: Service): void
  topics(): number
  stop(): Promise<void>
}

type Deps = { read: Client; ask: Ask; health: Health; tally: Tally }

/** What is kept here is read from the disk, and of orders and sales those are asked who own them: they are in nobody's way while one is away. */
export function createFeeds({ read, ask, health, tally }: Deps): AllFeeds {
  const saleSource = askedSource('sale', ask)
  const live = createFeed(ownSource(read), health, tally)
  const order = createFeed(orderSource(ask), health, tally)
  const sale = createFeed(saleSource, health, tally)
  const byService: Partial<Record<Service, Feed>> = { live, order, sale }
  const all = [live, order, sale]
  return {
    of: { news: live, room: live, stock: live, price: live, order, sale },
    knowsSale: createKnownSales(saleSource),
    nudge: (service) => byService[service]?.nudge(),
    topics: () => all.reduce((sum, feed) => sum + feed.topics(), 0),
    stop: async () => void (await Promise.all(all.map((feed) => feed.stop()))),
  }
}
