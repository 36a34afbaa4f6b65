import { Unfixable } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import { shrinkAllotments } from './allotments.ts'
import type { Client } from './db.ts'
import { putBack } from './shelves.ts'

/** On `sale.spared`: puts back on the shelf what a sale does not need any more of what was set aside for it. */
export const spareStock: Handler<'sale.spared', Client> = {
  says: 'stock.spared',
  async apply(tx, batch) {
    const parts = batch.map(({ message: { subject: sale, data } }) => ({ sale, units: data.units }))
    const spared = await shrinkAllotments(tx, parts)
    const known = new Set(spared.map(({ sale }) => sale))
    if (!parts.every(({ sale }) => known.has(sale))) throw new Unfixable('nothing was set aside for this sale')
    await putBack(
      tx,
      spared.map(({ line }) => line),
    )
  },
}
