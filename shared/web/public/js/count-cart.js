import { t } from './text.js'

const KEY = 'cart' // the shop keeps it: how many of what

/** Tells beside the way to the cart how much is in it, also when another tab changes that. */
export function countCart(/** @type {Element} */ link) {
  const tell = () => {
    link.textContent = t('cart.link', { count: countKept() })
  }
  addEventListener('storage', ({ key }) => key === KEY && tell())
  tell()
}

function countKept() {
  try {
    const quantities = Object.values(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
    return quantities.reduce((sum, quantity) => sum + (Number.isInteger(quantity) ? quantity : 0), 0)
  } catch {
    return 0 // not written by us
  }
}
