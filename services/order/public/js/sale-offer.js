import { get } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { number, t, tOr } from '/assets/js/text.js'

/** @typedef {{ id: string, state: string, sku: string, name: string, units: number }} Sale */

/** Leads to a sale that is open or announced. It is asked for once, and where there is none, or no answer, nothing is seen. */
export function saleOffer() {
  const link = h('a', { class: 'sale-offer', hidden: true })
  const show = (/** @type {Sale | undefined} */ sale) => {
    if (sale === undefined) return
    const name = tOr(`product.${sale.sku}`, sale.name)
    link.setAttribute('href', `/sale/${sale.id}`)
    setText(
      link,
      t(`shop.sale.${sale.state === 'announced' ? 'announced' : 'open'}`, { name, units: number(sale.units) }),
    )
    link.hidden = false
  }
  get('/api/sales').then(
    ({ sales }) => show(nextOf(sales)),
    () => {},
  )
  return link
}

/** The sale to go to: rather one that one can join. @param {Sale[]} sales */
const nextOf = (sales) =>
  sales.find(({ state }) => state === 'open') ?? sales.find(({ state }) => state === 'announced')
