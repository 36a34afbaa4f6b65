import { every, type Loop } from '../../shared/every.ts'
import type { Figure } from '../../shared/figure.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import { createShipper, type Shipped, type Shipper } from './ship-lines.ts'

/** Before the next look at the files (ms). Where another process reads them, this one is there should it die. */
const REST_MS: Record<Shipped, number> = { all: 250, more: 0, full: 50, overtaken: 1_000 }

type Deps = { folder: string; disk?: string | null; db: Pick<Database<Client>, 'read'>; health: Health }

/** Reads the log files of a folder for as long as the service is up. */
export function createShipping({ folder, disk = null, db, health }: Deps) {
  let shipper: Shipper | null = null
  let restMs = REST_MS.all
  return {
    figures: (): Figure[] => [
      {
        name: 'logs_behind_bytes',
        help: 'Bytes of log files that have not been read',
        value: () => shipper?.behindBytes() ?? 0,
      },
    ],
    start: (publish: Publish<Client>): Loop => {
      const own = createShipper({ folder, disk, db, publish })
      shipper = own
      return every(
        () => restMs,
        'lines.ship',
        health,
        async () => {
          restMs = REST_MS.all // should this fail
          restMs = REST_MS[await own.runOnce()]
        },
      )
    },
  }
}
