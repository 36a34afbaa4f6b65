import { createBell } from '../../shared/bell.ts'
import { type Config, hasLimits } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import type { Handlers } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createCustomerSessions } from '../../shared/web/customer-session.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import type { Express } from '../../shared/web/http.ts'
import { watchLoop } from '../../shared/web/loop-delay.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { createShedding, type Shedding } from '../../shared/web/shed.ts'
import { endpointsOf } from './api.ts'
import { type Client, openSale } from './db.ts'
import { createEntryDoor } from './entry-door.ts'
import { forgetCustomers } from './forget-customers.ts'
import { readEntries } from './hear-entries.ts'
import { noteBought } from './hear-orders.ts'
import { grantCredits, takeBack } from './hear-stock.ts'
import { createEntryReader } from './read-entries.ts'
import { createSaleLimits } from './sale-limits.ts'
import { rememberSales, type Sales } from './sales.ts'
import { serveSale } from './serve-sale.ts'
import { sweeping } from './sweep-sales.ts'
import { mountTopics } from './tell-topics.ts'

/** The sale service lets a crowd at goods that are few: one at a time, in an order that anybody can check. */
export function start(config: Config): Promise<Running> {
  return startService('sale', config, openSale, async (db, log, health) => {
    const { read } = db
    const sales = await rememberSales({ read, health, log })
    const late = watchLoop()
    const load = () => ({ delayMs: late.ms(), waitMs: 0, promiseMs: 0 }) // a line of a sale may be as long as it is
    const shedding = createShedding({ load, log })
    const forwarder = createForwarder('sale', addressesOf(config), log)
    db.onCommit(sales.nudge)
    return {
      port: config.SALE_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      handlers: () => handlers,
      mount: (app, { redis, producer: { publish } }) => {
        sales.onNews(createBell('sale', redis).ring)
        mountSales(app, config, { publish, read, sales, shedding, log })
      },
      mountOps: (app) => {
        shedding.mountOps(app)
        mountTopics(app, sales)
      },
      figures: shedding.figures,
      loops: ({ producer: { publish } }) => [sweeping(health, { publish, read, log })],
      forward: forwarder.forward,
      beforeClose: async () => {
        late.stop()
        forwarder.stop()
        await sales.stop()
      },
    }
  })
}

const handlers: Handlers<'sale', Client> = {
  'stock.allotted': grantCredits,
  'stock.returned': takeBack,
  'entry.joined': readEntries,
  'order.paidInSale': noteBought,
  'customer.deleted': forgetCustomers,
}

type Own = { publish: Publish<Client>; read: Client; sales: Sales; shedding: Shedding; log: Logger }

/** What people and their programs come for. */
function mountSales(app: Express, config: Config, own: Own): void {
  const { read, shedding, log } = own
  const keys = createOrderKeys(config.ORDER_KEY_SECRET)
  const secret = config.SESSION_SECRET
  const sessions = secret === undefined ? null : createCustomerSessions({ secret })
  const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
  const limits = hasLimits(config) ? createSaleLimits(guard, log) : null
  const readEntry = createEntryReader(read)
  const endpoints = endpointsOf({ ...own, readEntry, limits, keys, sessions })
  const order = createEntryDoor({ keys, guard, sessions, limits, readEntry })
  mountEndpoints(app, endpoints, { admin: guard.require, order, shedding })
  mountOpenDoor(app, { config, guard, log })
  serveSale(app)
  describeApi(app, endpoints)
}

await runAsMain(import.meta.url, 'sale', start)
