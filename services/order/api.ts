import type { Logger } from '../../shared/logger.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import type { Pipeline } from '../../shared/protocol/pipeline.ts'
import type { Service } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
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

type Deps = {
  db: Database<Client>
  pipeline: Pipeline<Client>
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
export function endpointsOf({
  db,
  pipeline,
  feed,
  prices,
  readAvailable,
  limits,
  keys,
  customers,
  payWithinMs,
  outlook,
  mailboxUrl,
  ask,
  present,
  log,
}: Deps): Endpoint[] {
  const { read } = db
  const { publish } = pipeline.producer
  return [
    placeOrder({ publish, prices: prices.list, limits, keys, customers, payWithinMs, outlook, readAvailable, log }),
    showOrder(read, outlook),
    followOrder({ read, feed }),
    showTrace({ read, redis: pipeline.redis, ask, present }),
    payOrder({ publish, read, limits, log }),
    cancelOrder({ publish, read, log }),
    listProducts(prices.list, readAvailable),
    listOwnOrders({ read, keys, customers }),
    listOrders(read),
    refundOrder({ publish, read, log }),
    setPrice({ publish, prices, log }),
    smsOfOrder(read, ask),
    ...(mailboxUrl === undefined ? [] : [mailsOfOrder(read, openMailbox(mailboxUrl))]),
  ]
}
