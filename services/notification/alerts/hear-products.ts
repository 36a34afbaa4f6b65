import type { Handler } from '../../../shared/handler.ts'
import type { Client } from '../db.ts'
import { noteBack, notePrices } from './products.ts'

/** On `stock.back`: only notes it, for many may wait, and the next message need not: a loop tells them (`tell-alerts.ts`). */
export const hearBack: Handler<'stock.back', Client> = {
  says: 'stock.back.noted',
  async apply(tx, batch) {
    await noteBack(
      tx,
      batch.map(({ message }) => message.subject),
    )
  },
}

/** On `price.changed`: the same. */
export const hearPrices: Handler<'price.changed', Client> = {
  says: 'price.noted',
  async apply(tx, batch) {
    await notePrices(
      tx,
      batch.map(({ message: { subject: sku, data } }) => {
        return { sku, priceCents: data.priceCents, revision: data.revision }
      }),
    )
  },
}
