import { h } from '/assets/js/dom.js'
import { money, number, t } from '/assets/js/text.js'

/** @import { Product } from './shop.js' */

const FEW = 50

/** Whether so few are left that it is worth a word. @param {number | null} available */
export const isFew = (available) => available !== null && available < FEW

/** How many there are, in words. @param {number | null} available */
export function stockText(available) {
  if (available === null) return t('stock.unknown')
  if (available === 0) return t('stock.none')
  return t(isFew(available) ? 'stock.few' : 'stock.some', { count: number(available) })
}

/** What it costs, and what it cost when the page was opened, if that was more. @param {HTMLElement} element @param {Product} now */
export function sayPrice(element, { priceCents, wasCents, currency }) {
  const said = money(priceCents, currency)
  if (element.dataset.said === said) return
  element.dataset.said = said
  const was = wasCents === undefined ? [] : [' ', h('s', { 'aria-label': t('price.was') }, money(wasCents, currency))]
  element.replaceChildren(said, ...was)
}
