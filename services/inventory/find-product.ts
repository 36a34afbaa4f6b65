import type { Hit } from '../../shared/web/ops-find.ts'
import type { Client } from './db.ts'

/** A product by its sku, with how many are free. */
export function findProduct(read: Client): (text: string) => Promise<Hit[]> {
  return async (text) => {
    const stock = await read.stock.findUnique({ where: { sku: text.toUpperCase() } })
    if (stock === null) return []
    return [{ kind: 'product', id: stock.sku, title: stock.sku, state: String(stock.available), at: null, of: null }]
  }
}
