const KEY = 'cart'
export const MOST = 100 // of one product, as the API has it

/** @type {Record<string, number>} */
let quantities = load()
/** @type {Set<() => void>} */
const listeners = new Set()

/** What is in the cart: sku and quantity. It is kept over reloads, and shared by all tabs. */
export const inCart = () => Object.entries(quantities)
export const quantityOf = (/** @type {string} */ sku) => quantities[sku] ?? 0
export const countInCart = () => Object.values(quantities).reduce((sum, quantity) => sum + quantity, 0)

/** Puts so many of a product into the cart; none takes it out. */
export function setQuantity(/** @type {string} */ sku, /** @type {number} */ quantity) {
  const { [sku]: _, ...others } = quantities
  quantities = quantity > 0 ? { ...quantities, [sku]: Math.min(quantity, MOST) } : others
  localStorage.setItem(KEY, JSON.stringify(quantities))
  tell()
}

export function emptyCart() {
  quantities = {}
  localStorage.removeItem(KEY)
  tell()
}

/** Hears of each change until what is returned is called. */
export const onCart = (/** @type {() => void} */ listener) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** How many of a product one may order of what is there, as far as that is known. @param {number | null | undefined} available */
export const mostOf = (available) => Math.min(available ?? MOST, MOST)

addEventListener('storage', ({ key }) => {
  if (key !== KEY) return
  quantities = load()
  tell()
})

function tell() {
  for (const listener of listeners) listener()
}

function load() {
  try {
    const stored = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
    return Object.fromEntries(stored.filter(([, quantity]) => Number.isInteger(quantity) && quantity > 0))
  } catch {
    return {} // not written by us
  }
}
