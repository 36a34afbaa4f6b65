import type { PricedLine } from '../../shared/events.ts'
import type { FieldError } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import type { Item } from './order-request.ts'

export type Product = {
  sku: string
  name: string
  description: string
  priceCents: number
  currency: string
}
/** The whole catalogue by sku, in the order of the shop window. Held in memory: prices change with a deploy. */
export type PriceList = ReadonlyMap<string, Product>

export type Priced = { ok: true; lines: PricedLine[]; totalCents: number } | { ok: false; errors: FieldError[] }

/** Reads the catalogue. */
export async function readPriceList(read: Client): Promise<PriceList> {
  const products = await read.$queryRaw<Product[]>`
    SELECT sku, name, description, "priceCents", currency FROM "Product" ORDER BY position`
  return new Map(products.map((product) => [product.sku, product]))
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
