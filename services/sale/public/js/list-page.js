import { get } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { useAgain } from '/assets/js/use-again.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { RunSales } from './run/run-sales.js'
import { SaleCard } from './sale-card.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

const AGAIN_MS = 3_000

/** All sales, the newest first; and, for whoever runs the shop, the way to another one. */
export function ListPage() {
  const [sales, setSales] = useState(/** @type {SaleAnswer[] | null} */ (null))
  const [isAway, setAway] = useState(false)
  useAgain(async () => {
    /** @type {{ sales: SaleAnswer[] } | null} */ const answer = await get('/api/sales').catch(() => null)
    if (answer !== null) setSales(answer.sales)
    setAway(answer === null)
    return AGAIN_MS
  }, [])
  return html`
    <article class="sale-page">
      <header class="hero">
        <h1>${t('sales.title')}</h1>
        <p>${t('sales.lead')}</p>
      </header>
      <p class="notice" role="status" hidden=${!isAway}>${t('sale.away')}</p>
      ${sales === null ? html`<p class="empty" role="status">${t('sale.loading')}</p>` : html`<${List} sales=${sales} />`}
      <${RunSales} />
    </article>`
}

function List(/** @type {{ sales: SaleAnswer[] }} */ { sales }) {
  if (sales.length === 0) return html`<p class="empty">${t('sales.none')}</p>`
  return html`<ul class="sales">${sales.map((sale) => html`<${SaleCard} key=${sale.id} sale=${sale} />`)}</ul>`
}
