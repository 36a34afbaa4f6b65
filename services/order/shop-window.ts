import type { PriceList, Product } from './price-list.ts'

/** Which part of the catalogue someone looks at: what contains `q`, or these skus, from behind the product `after`. */
export type Look = { q?: string | undefined; skus?: string[] | undefined; after?: string | undefined; limit: number }
/** `next` is the `after` of the page that follows; null on the last. */
export type Page = { products: Product[]; next: string | null }

const SEARCHES_KEPT = 20 // each up to 4 bytes a product; those who leaf through and look again need them

/**
 * The catalogue to leaf through and to search, in its own order, at the prices of this moment. An `after` that is not sold is the
 * beginning.
 */
export function createShopWindow(prices: PriceList): (look: Look) => Page {
  const all = [...prices.keys()]
  const places = new Map(all.map((sku, place) => [sku, place]))
  const search = createSearch([...prices.values()])
  return ({ q = '', skus, after = '', limit }) => {
    if (skus !== undefined) return { products: skus.flatMap((sku) => prices.get(sku) ?? []), next: null }
    const found = search(fold(q))
    const last = places.get(after) ?? -1
    const first = found.findIndex((place) => place > last)
    if (first === -1) return { products: [], next: null }
    const products = [...found.slice(first, first + limit)].flatMap((place) => prices.get(all[place] ?? '') ?? [])
    return { products, next: first + limit < found.length ? (products.at(-1)?.sku ?? null) : null }
  }
}

/** The places of the products that have all words of a text. To go through 80,000 takes ten ms, so the last are kept. */
function createSearch(products: Product[]): (text: string) => Int32Array {
  const texts = products.map(({ sku, name, description }) => fold(`${sku} ${name} ${description}`))
  const kept = new Map<string, Int32Array>()
  return (text) => {
    const words = text.split(/\s+/)
    const found = kept.get(text) ?? placesWhere(texts, (one) => words.every((word) => one.includes(word)))
    if (kept.size >= SEARCHES_KEPT) kept.clear()
    kept.set(text, found)
    return found
  }
}

function placesWhere(texts: string[], isWanted: (text: string) => boolean): Int32Array {
  return Int32Array.from(texts.flatMap((text, place) => (isWanted(text) ? [place] : [])))
}

/** Case and accents make no difference to someone who searches. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
