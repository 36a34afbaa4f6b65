import type { Emitted } from '../../../shared/events.ts'
import { linesOf, reservationOf, reservedBy } from '../jobs/inventory.ts'
import type { Job } from '../jobs/job.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

/** Inventory's jobs. Those of declined and cancelled orders are left out: no contest has any. */
export function inventoryJobs(): SqlJobs {
  return { doJobs: (query, jobs) => reserveStock(query, only(jobs, 'order.placed')), close: () => {} }
}

async function reserveStock(query: Query, jobs: Job<'order.placed'>[]): Promise<Emitted[]> {
  await query(INSERT, [JSON.stringify(jobs.map(reservationOf))])
  const lines = jobs.flatMap(linesOf)
  const { rows } = await query(TAKE, [JSON.stringify(lines)]) // last, for others wait for these rows
  if (rows.length !== new Set(lines.map(({ sku }) => sku)).size) throw new Error('not enough of something')
  return jobs.map(reservedBy)
}

const INSERT = `
  INSERT INTO inventory."Reservation" ("orderId", number, state, lines, at)
  SELECT "orderId", number, state, lines, at FROM ${rowsOf('inventory."Reservation"')}`

/** Rows are locked in one order by all, so that nobody waits for somebody who waits for him. */
const TAKE = `
  UPDATE inventory."Stock" AS stock SET available = stock.available - taken.quantity
  FROM (
    SELECT sku, wanted.quantity FROM inventory."Stock" JOIN (
      SELECT sku, SUM(quantity)::int AS quantity FROM json_to_recordset($1) AS line (sku text, quantity int) GROUP BY sku
    ) AS wanted USING (sku) ORDER BY sku FOR UPDATE OF "Stock"
  ) AS taken
  WHERE stock.sku = taken.sku AND stock.available >= taken.quantity RETURNING stock.sku`
