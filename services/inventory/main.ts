import type { Config } from '../../shared/config.ts'
import { every } from '../../shared/every.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { mountFind } from '../../shared/web/ops-find.ts'
import { allotStock } from './allot-stock.ts'
import { openInventory } from './db.ts'
import { findProduct } from './find-product.ts'
import { releaseStock } from './release-stock.ts'
import { reserveStock } from './reserve-stock.ts'
import { mountRestock } from './restock.ts'
import { createShelfLabels } from './shelf-labels.ts'
import { spareStock } from './spare-stock.ts'
import { tellingStock } from './tell-stock.ts'

const LABELS_MS = 1_000

/** The inventory service reserves stock for orders, sets it aside for sales, gives it back, and tells how much there is. */
export function start(config: Config): Promise<Running> {
  return startService('inventory', config, openInventory, (db, _log, health) => ({
    handlers: () => ({
      'order.placed': reserveStock,
      'sale.announced': allotStock,
      'sale.spared': spareStock,
      'order.expired': releaseStock,
      'order.cancelled': releaseStock,
    }),
    mountOps: (app) => {
      mountRestock(app, db)
      mountFind(app, findProduct(db.read))
    },
    loops: ({ redis, producer: { publish } }) => [
      every(LABELS_MS, 'shelf.labels', health, createShelfLabels(db, redis)),
      tellingStock(health, { publish, read: db.read }),
    ],
  }))
}

await runAsMain(import.meta.url, 'inventory', start)
