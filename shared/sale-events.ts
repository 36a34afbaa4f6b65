import { z } from 'zod'
import { language } from './customer-events.ts'

const sale = z.string().min(1)
const units = z.int().positive()

/**
 * Why an order was called off that its customer has not cancelled: its group has failed; or had failed before the order was
 * made, and then nobody else has met it.
 */
export const because = z.enum(['groupFailed', 'groupHadFailed']).optional()

/**
 * What the events of sales carry. Subjects of `sale.*`, `group.*` and `stock.allotted` are sales; of `entry.*` and
 * `stock.returned` entries, and an entry that was admitted has its id in common with its order.
 */
export const saleEvents = {
  // Inventory sets so many units aside, or as many as there are.
  'sale.announced': z.object({ sku: z.string().min(1), units }),
  'stock.allotted': z.object({ units: z.int().nonnegative() }),
  // Everything else about an entry stands in its row: the event is its turn to be read.
  'entry.joined': z.object({ sale }),
  // The order's time to pay begins when order makes it.
  'entry.admitted': z.object({
    ...{ sale, sku: z.string().min(1), unitPriceCents: z.int().positive(), currency: z.string().length(3) },
    customer: z.object({ name: z.string(), email: z.string() }),
    ...{ language, account: z.string().optional(), payWithinMs: z.int().positive() },
  }),
  // What was held for an order of the sale is free again: one unit, once.
  'stock.returned': z.object({ number: z.string().min(1), sale }),
  'order.paidInSale': z.object({ number: z.string().min(1), sale }),
  // Units that the sale does not need any more go back to the shelf.
  'sale.spared': z.object({ units }),
  'sale.ended': z.object({
    why: z.enum(['soldOut', 'overdue', 'formed', 'failed']),
    units: z.int().nonnegative(),
    bought: z.int().nonnegative(),
  }),
  'group.formed': z.object({ bought: units }),
  'group.failed': z.object({ bought: z.int().nonnegative() }),
}
