import { tOr } from '/assets/js/text.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** What is sold, in the language of the page. */
export const productOf = (/** @type {SaleAnswer} */ { sku, name }) => tOr(`product.${sku}`, name)

/**
 * The key of what is said of a sale: sold out only where all is paid, and before that, at most, that nothing is free just now.
 * @param {Pick<SaleAnswer, 'state' | 'why' | 'free' | 'units'>} sale
 */
export function stateOf({ state, why, free, units }) {
  if (state === 'ended') return `sale.ended.${units === 0 ? 'nothing' : why}`
  if (state === 'open' && free === 0) return 'sale.open.allHeld'
  return `sale.${state}`
}
