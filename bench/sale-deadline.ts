import { z } from 'zod'
import type { Contest, Figures, Round } from './contest.ts'
import type { Load } from './load.ts'
import { booksIn, rowsIn } from './order-books.ts'
import { startProcess } from './process.ts'
import { announceSale } from './sale/announce.ts'
import { handovers } from './sale/handovers.ts'
import { startSaleShop } from './sale/shop-with-sales.ts'
import { percentile } from './stats.ts'
import { untilThere } from './until-there.ts'

const OURS = 'Orderline'

/** How soon what one customer does not pay for is the next one's. */
export const saleDeadline: Contest = {
  name: 'sale-deadline',
  what:
    'The whole shop of npm start, a sale of 50 units for a crowd of whom nobody pays within the second that each of them has: ' +
    'from each deadline until the order of the next in line is made, by way of order, inventory, sale and order again.',
  units: { p50Ms: 'ms', p99Ms: 'ms', handovers: '' },
  size: 1_000,
  quickSize: 100,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [{ figure: 'p99Ms', ours: OURS, atMost: 1_000 }],
}

const UNITS = 50
const PAY_WITHIN_MS = 1_000

async function play({ folder, size }: Round): Promise<Figures> {
  const { shop, admin, door } = await startSaleShop(folder)
  try {
    const id = await announceSale(door, admin, { units: UNITS, payWithinMs: PAY_WITHIN_MS })
    await crowd(`${door}/api/sales/${id}/entries`, size + 2 * UNITS) // there is always somebody waiting
    await untilThere(booksIn(folder), OFFERED, size + UNITS)
    const waitsMs = handovers(rowsIn(folder, offer, OFFERS), UNITS)
    return { p50Ms: percentile(waitsMs, 0.5), p99Ms: percentile(waitsMs, 0.99), handovers: waitsMs.length }
  } finally {
    await shop.stop()
  }
}

async function crowd(url: string, count: number): Promise<void> {
  const load = await startProcess('load.js', {})
  await load.ask('closedLoop', { url, of: 'entries', count } satisfies Load).finally(() => load.stop())
}

const OFFERED = 'SELECT COUNT(*) AS count FROM "Order" WHERE sale IS NOT NULL'
const OFFERS = 'SELECT "placedAt", "payBy" FROM "Order" WHERE sale IS NOT NULL'
const offer = z.object({ placedAt: z.number(), payBy: z.number() })
