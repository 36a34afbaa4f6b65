import type { Handler } from '../../shared/handler.ts'
import { each, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { endDue, endSale } from './over.ts'
import { isSoldOut, type Sale, saleColumns } from './sale.ts'

/**
 * On `order.paidInSale`: what was held is bought. With the last unit the sale is over: only then, or when its time is, is
 * anybody refused. One whose unit went back meanwhile stays as it is.
 */
export const noteBought: Handler<'order.paidInSale', Client> = {
  says: 'purchase.noted',
  async apply(tx, batch, emit) {
    const now = Date.now()
    await endDue(tx, now, emit)
    const ids = batch.map(({ message }) => message.subject)
    const bought = await tx.$queryRaw<{ sale: string }[]>`
      UPDATE "Entry" SET state = 'bought' WHERE id IN (SELECT value FROM ${each(ids)}) AND state = 'admitted'
      RETURNING sale`
    for (const id of new Set(bought.map(({ sale }) => sale))) {
      const units = bought.filter(({ sale }) => sale === id).length
      const sale = await count(tx, id, units)
      if (sale?.endedAt === null && isSoldOut(sale))
        await endSale(tx, sale, sale.kind === 'group' ? 'formed' : 'soldOut', now, emit)
    }
  },
}

async function count(tx: Client, id: string, units: number): Promise<Sale | undefined> {
  const [sale] = await tx.$queryRaw<Sale[]>`
    UPDATE "Sale" SET held = held - ${units}, bought = bought + ${units} WHERE id = ${id}
    RETURNING ${names(saleColumns)}`
  return sale
}
