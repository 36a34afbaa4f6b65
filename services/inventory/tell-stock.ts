import { every, type Loop } from '../../shared/every.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

const LOOK_MS = 250
const SPAN_MS = 1_000 // between two events about one product
const PASS_MAX = 500 // products in one transaction; those who reserve stand behind it

type Deps = { publish: Publish<Client>; read: Client; now?: () => number }

/** Tells what is free to sell to all who watch: four times a second, and at the start. */
export function tellingStock(health: Health, deps: Deps): Loop {
  return every(LOOK_MS, 'stock.tell', health, createStockTeller(deps))
}

/**
 * Tells of each product that has changed how many are free now: `stock.changed`, at most once a second however often it has
 * changed, and also `stock.back` where none were free when it was told last. What was told is on disk with the events, so that a
 * restart tells nothing twice, and two processes tell it once. While nothing has changed it only reads, and next to nothing.
 */
export function createStockTeller({ publish, read, now = Date.now }: Deps): () => Promise<void> {
  return async () => {
    if ((await untold(read, now())).length === 0) return
    const pass = () => publish((tx, emit) => tellSome(tx, now(), emit))
    while ((await pass()) === PASS_MAX);
  }
}

type Untold = { sku: string; available: number; told: number | null; tellings: number }

/** A `toldAt` that is still to come was written before the clock was put back. In the words of the index. */
function untold(sql: Client, now: number): PromiseLike<Untold[]> {
  return sql.$queryRaw<Untold[]>`
    SELECT sku, available, told, tellings FROM "Stock"
    WHERE "told" IS DISTINCT FROM "available"
      AND ("toldAt" IS NULL OR "toldAt" <= ${now - SPAN_MS} OR "toldAt" > ${now})
    ORDER BY sku LIMIT ${PASS_MAX}`
}

/** Returns of how many it has told. */
async function tellSome(tx: Client, now: number, emit: Emit): Promise<number> {
  const changed = await untold(tx, now)
  await tx.$executeRaw`
    UPDATE "Stock" SET told = available, "toldAt" = CAST(${now} AS BIGINT), tellings = tellings + 1
    WHERE sku IN (SELECT value FROM ${each(changed.map(({ sku }) => sku))})`
  for (const one of changed) tell(one, emit)
  return changed.length
}

/** The first time is no return: nobody knew that there were none. */
function tell({ sku: subject, available, told, tellings }: Untold, emit: Emit): void {
  emit({ name: 'stock.changed', subject, data: { available, revision: tellings + 1 } })
  if (told === 0 && available > 0) emit({ name: 'stock.back', subject, data: { available } })
}
