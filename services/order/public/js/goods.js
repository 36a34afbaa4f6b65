/** @import { Product } from './shop.js' */
/**
 * @typedef {{ sku: string } & Partial<Pick<Product, 'available' | 'priceCents'>>} Change
 * @typedef {ReturnType<typeof createGoods>} Goods
 */

/**
 * What is known of the products: as they were asked for, and as is told live. `wasCents` is what one cost when the page was
 * opened, where it costs less now.
 */
export function createGoods() {
  /** @type {Map<string, Product>} */
  const known = new Map()
  /** @type {Map<string, number>} */
  const first = new Map()
  const put = (/** @type {Product} */ product) => {
    const { sku, priceCents } = product
    const before = first.get(sku) ?? priceCents
    first.set(sku, before)
    const now = { ...product, wasCents: before > priceCents ? before : undefined }
    known.set(sku, now)
    return now
  }
  return {
    learn: (/** @type {Product[]} */ products) => products.map(put),
    /** Of products that nobody has asked for yet nothing is kept: it comes with them. Returns those that have changed. */
    change: (/** @type {Change[]} */ changes) =>
      changes.flatMap((change) => {
        const before = known.get(change.sku)
        return before === undefined ? [] : [put({ ...before, ...partsOf(change) })]
      }),
    has: (/** @type {string} */ sku) => known.has(sku),
    all: () => [...known.values()],
  }
}

/** @param {Change} change @returns {Partial<Product>} */
const partsOf = ({ available, priceCents }) => ({
  ...(available !== undefined && { available }),
  ...(priceCents !== undefined && { priceCents }),
})
