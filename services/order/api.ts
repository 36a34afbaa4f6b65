import type { Logger } from '../../shared/logger.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { openMailbox } from '../../shared/web/mailbox.ts'
import type { ReadAvailable } from './available-stock.ts'
import { cancelOrder } from './cancel-order.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import { followOrder } from './follow-order.ts'
import { listOrders } from './list-orders.ts'
import { listOwnOrders } from './list-own-orders.ts'
import { listProducts } from './list-products.ts'
import { mailsOfOrder } from './mails-of-order.ts'
import type { OrderLimits } from './order-limits.ts'
import type { Outlook } from './outlook.ts'
import { payOrder } from './pay-order.ts'
import { placeOrder } from './place-order.ts'
import type { Prices } from './price-list.ts'
import { refundOrder } from './refund-order.ts'
import { setPrice } from './set-price.ts'
import { showOrder } from './show-order.ts'
import { smsOfOrder } from './sms-of-order.ts'
import type { Feed } from './timeline-feed.ts'
import { showTrace } from './trace/show-trace.ts'

/** What the endpoints of the shop are made of. */
export type Shop = {
  read: Client
  publish: Publish<Client>
  redis: Redis
  feed: Feed
  prices: Prices
  readAvailable: ReadAvailable
  limits: OrderLimits | null
  keys: OrderKeys
  customers: Customers
  payWithinMs: number
  outlook: Outlook
  mailboxUrl: string | undefined
  ask: Ask
  present: readonly Service[]
  log: Logger
}

/** Every endpoint of the shop, the busiest first. */
export function endpointsOf(shop: Shop): Endpoint[] {
  const { read, prices, readAvailable, outlook, mailboxUrl, ask } = shop
  return [
    placeOrder({ ...shop, prices: prices.list }),
    showOrder(read, outlook),
    followOrder({ read, feed: shop.feed }),
    showTrace(shop),
    payOrder(shop),
    cancelOrder(shop),
    listProducts(prices.list, readAvailable),
    listOwnOrders(shop),
    listOrders(read),
    refundOrder(shop),
    setPrice(shop),
    smsOfOrder(read, ask),
    ...(mailboxUrl === undefined ? [] : [mailsOfOrder(read, openMailbox(mailboxUrl))]),
  ]
}
