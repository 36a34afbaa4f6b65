import type { PricedLine } from '../../shared/events.ts'
import type { FieldError } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import type { Item } from './order-request.ts'
import { lastChange, readChanges } from './price-changes.ts'

export type Product = {
  sku: string
  name: string
  description: string
  priceCents: number
  currency: string
}
/** The whole catalogue by sku, in the order of the shop window, in memory. A product is replaced when its price changes. */
export type PriceList = ReadonlyMap<string, Product>
/** `readOn` takes to mind what has been changed since, by other processes too. */
export type Prices = { list: PriceList; readOn(): Promise<void> }

export type Priced = { ok: true; lines: PricedLine[]; totalCents: number } | { ok: false; errors: FieldError[] }

/** Reads the catalogue. */
export async function readPriceList(read: Client): Promise<Map<string, Product>> {
  const products = await read.$queryRaw<Product[]>`
    SELECT sku, name, description, "priceCents", currency FROM "Product" ORDER BY position`
  return new Map(products.map((product) => [product.sku, product]))
}

/** The same, and what changes. What does so while it is read is read again, and is the same then. */
export async function rememberPrices(read: Client): Promise<Prices> {
  let last = await lastChange(read)
  const list = await readPriceList(read)
  return {
    list,
    readOn: async () => {
      for (const { seq, sku, priceCents } of await readChanges(read, last)) {
        if (seq <= last) continue // two may read on at once, and the slower one knows less
        last = seq
        const product = list.get(sku)
        if (product !== undefined) list.set(sku, { ...product, priceCents })
      }
    },
  }
}

/** Prices what was ordered; a sku that is not sold is refused by the place where it stands. */
export function price(items: Item[], prices: PriceList): Priced {
  const lines: PricedLine[] = []
  const errors: FieldError[] = []
  for (const [i, { sku, quantity }] of items.entries()) {
    const product = prices.get(sku)
    if (product === undefined) errors.push({ field: `items.${i}.sku`, message: 'is not in the catalogue' })
    else lines.push({ sku, name: product.name, quantity, unitPriceCents: product.priceCents })
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, lines, totalCents: totalOf(lines) }
}

function totalOf(lines: PricedLine[]): number {
  return lines.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0)
}
