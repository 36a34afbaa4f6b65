import { catalogue } from '../../../shared/catalogue.ts'
import { newest } from '../../../shared/newest.ts'
import { type Columns, each, insert } from '../../../shared/store/sql.ts'
import type { Client } from '../db.ts'

/** What alerts compare: how often a product has come back, and what it costs. */
export type Product = { timesBack: number; priceCents: number }

/** What a product costs, as one event has told; of two the one with the higher revision holds. */
export type Price = { sku: string; priceCents: number; revision: number }

type Back = { sku: string; timesBack: number; isToTell: number }

const goods = new Map(catalogue.map((product) => [product.sku, product]))
const back: Columns<Back> = ['sku', 'timesBack', 'isToTell']
const priced: Columns<Price & Pick<Back, 'isToTell'>> = ['sku', 'priceCents', 'revision', 'isToTell']

export const isSold = (sku: string) => goods.has(sku)

/** What a product is called; by its sku where it is sold no more. */
export const nameOf = (sku: string) => goods.get(sku)?.name ?? sku

type Heard = { sku: string; timesBack: number; priceCents: number | null }

/** These products as they stand now, as far as we have heard; until then they cost what they did when the shop was new. */
export async function productsNow(read: Client, skus: string[]): Promise<(sku: string) => Product> {
  const rows = await read.$queryRaw<Heard[]>`
    SELECT sku, "timesBack", "priceCents" FROM "Product" WHERE sku IN (SELECT value FROM ${each(skus)})`
  const heard = new Map(rows.map((row) => [row.sku, row]))
  return (sku) => {
    const { timesBack = 0, priceCents = null } = heard.get(sku) ?? {}
    return { timesBack, priceCents: priceCents ?? goods.get(sku)?.priceCents ?? 0 }
  }
}

/**
 * Notes that these are back, one that is named twice two times. Times are counted and not compared: the clock of whoever tells
 * is not that of whoever has written down when an alert was asked for.
 */
export async function noteBack(tx: Client, skus: string[]): Promise<void> {
  const times = (sku: string) => skus.filter((one) => one === sku).length
  const rows = [...new Set(skus)].map((sku): Back => ({ sku, timesBack: times(sku), isToTell: 1 }))
  await tx.$executeRaw`
    ${insert('Product', back, rows)} ON CONFLICT (sku) DO UPDATE SET
      "timesBack" = "Product"."timesBack" + excluded."timesBack", "isToTell" = 1`
}

/** Notes what these cost, unless a later event has told already. */
export async function notePrices(tx: Client, prices: Price[]): Promise<void> {
  const rows = newest(prices, ({ sku }) => sku).map((price) => ({ ...price, isToTell: 1 }))
  await tx.$executeRaw`
    ${insert('Product', priced, rows)} ON CONFLICT (sku) DO UPDATE SET
      "priceCents" = excluded."priceCents", revision = excluded.revision, "isToTell" = 1
    WHERE excluded.revision > "Product".revision`
}
