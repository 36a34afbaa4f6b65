import { get } from '/assets/js/api.js'
import { dateAndClock, money, number, t } from '/assets/js/text.js'
import { html, useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'

/** @typedef {{ id: string, number: string, key: string, state: string, totalCents: number, currency: string, placedAt: string }} Order */
/** @typedef {{ orders: Order[], total: number }} Page */

const PAGE = 10
const AGAIN_MS = 2_000
const UNDER_WAY = ['placed', 'reserved', 'paying']

/** The orders of whoever is signed in, newest first. While one is under way they are looked at again and again. */
export function MyOrders() {
  const { page, isAway, more } = useOrders()
  return html`
    <section class="my-orders" aria-labelledby="my-orders">
      <div class="section-head">
        <h2 id="my-orders">${t('orders.mine')}</h2>
        <span class="small">${page && page.total > 0 && t('orders.mine.total', { count: number(page.total) })}</span>
      </div>
      <p class="small" role="status">${isAway ? t('orders.mine.away') : page === null && t('account.loading')}</p>
      ${page?.total === 0 && html`<p class="empty">${t('orders.mine.none')}</p>`}
      <ul>${page?.orders.map((order) => html`<${OrderRow} key=${order.id} order=${order} />`)}</ul>
      ${page && page.orders.length < page.total && html`<button class="quiet" onClick=${more}>${t('shop.more')}</button>`}
      ${page?.total === 0 && html`<p><a class="primary" href="/">${t('order.toShop')}</a></p>`}
    </section>`
}

function OrderRow(
  /** @type {{ order: Order }} */ { order: { id, number: called, key, state, totalCents, currency, placedAt } },
) {
  return html`
    <li>
      <a href=${`/orders/${id}#${key}`}>${called}</a>
      <span class="state" data-state=${state}>${t(`state.${state}`)}</span>
      <time class="small" datetime=${placedAt}>${dateAndClock(placedAt)}</time>
      <span class="sum">${money(totalCents, currency)}</span>
    </li>`
}

function useOrders() {
  const [page, setPage] = useState(/** @type {Page | null} */ (null))
  const [isAway, setAway] = useState(false)
  const wanted = useRef(PAGE)
  const look = async () => {
    try {
      const found = await readOrders(wanted.current)
      setPage(found)
      setAway(false)
      return found.orders.some(({ state }) => UNDER_WAY.includes(state))
    } catch {
      setAway(true)
      return true
    }
  }
  useEffect(() => {
    let timer = 0
    const goOn = async () => {
      const isOpen = document.hidden || (await look())
      if (isOpen) timer = setTimeout(goOn, AGAIN_MS)
    }
    const back = () => {
      clearTimeout(timer)
      if (!document.hidden) void goOn()
    }
    void goOn()
    document.addEventListener('visibilitychange', back)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', back)
    }
  }, [])
  const more = () => {
    wanted.current += PAGE
    void look()
  }
  return { page, isAway, more }
}

const ASKED_MAX = 100 // in one question

/** The newest `count` of them, page by page. @param {number} count @returns {Promise<Page>} */
async function readOrders(count) {
  const orders = /** @type {Order[]} */ ([])
  let before = ''
  for (;;) {
    const limit = Math.min(count - orders.length, ASKED_MAX)
    const found = await get(
      `/api/account/orders?${new URLSearchParams({ limit: String(limit), ...(before && { before }) })}`,
    )
    orders.push(...found.orders)
    if (found.next === null || orders.length >= count) return { orders, total: found.total }
    before = String(found.next)
  }
}
