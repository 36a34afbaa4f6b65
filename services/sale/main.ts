import type { Config } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import type { Handler } from '../../shared/handler.ts'
import type { EventName } from '../../shared/routes.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { type Client, openSale } from './db.ts'
import { serveSale } from './serve-sale.ts'

/** The sale service lets a crowd at goods that are few: one at a time, in an order that anybody can check. */
export function start(config: Config): Promise<Running> {
  return startService('sale', config, openSale, (_db, log) => {
    const forwarder = createForwarder('sale', addressesOf(config), log)
    return {
      port: config.SALE_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      handlers: () => ({
        'stock.allotted': toBuild,
        'stock.returned': toBuild,
        'entry.joined': toBuild,
        'order.paidInSale': toBuild,
      }),
      mount: serveSale,
      forward: forwarder.forward,
      beforeClose: forwarder.stop,
    }
  })
}

const toBuild: Handler<EventName, Client> = { apply: async () => {} }

await runAsMain(import.meta.url, 'sale', start)
