import type { Logger } from '../../shared/logger.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { CustomerSessions } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { announceSale } from './announce-sale.ts'
import type { Client } from './db.ts'
import { endSaleNow } from './end-sale.ts'
import { joinSale } from './join-sale.ts'
import { listEntries } from './list-entries.ts'
import type { ReadEntry } from './read-entries.ts'
import type { SaleLimits } from './sale-limits.ts'
import type { Sales } from './sales.ts'
import { sayInRoom } from './say-in-room.ts'
import { showEntry } from './show-entry.ts'
import { listSales, showSale } from './show-sale.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  readEntry: ReadEntry
  sales: Sales
  limits: SaleLimits | null
  keys: OrderKeys
  sessions: Pick<CustomerSessions, 'of'> | null
  log: Logger
}

/** Every endpoint of sales, the busiest first. */
export function endpointsOf({ publish, read, readEntry, sales, limits, keys, sessions, log }: Deps): Endpoint[] {
  return [
    joinSale({ publish, read, sales, limits, keys, sessions }),
    showEntry({ readEntry, sales, keys }),
    showSale(sales),
    listSales(sales),
    sayInRoom({ publish, sales, readEntry, limits, keys, sessions }),
    listEntries(read, sales),
    announceSale({ publish, sales, log }),
    endSaleNow({ publish, sales }),
  ]
}
