import { h, setText } from './dom.js'
import { createPart } from './part.js'
import { clock, money, number, t } from './text.js'

const STATES = ['placed', 'reserved', 'paid', 'rejected', 'declined', 'cancelled', 'refunded']
const SHOWN = 14

/** Orders by state, and the newest of the state that is chosen. */
export function createOrderList() {
  /** @type {string | null} */ let chosen = null
  const body = h('tbody', {})
  const empty = h('p', { class: 'empty' }, t('room.loading'))
  const tabs = [null, ...STATES].map((state) => createTab(state, () => choose(state)))
  const render = (/** @type {{ orders: any[] }} */ { orders }) => {
    body.replaceChildren(...orders.map(rowOf))
    empty.hidden = orders.length > 0
    setText(empty, t(chosen === null ? 'orders.none' : 'orders.noneOf'))
  }
  const path = () => `/api/admin/orders?limit=${SHOWN}${chosen === null ? '' : `&state=${chosen}`}`
  const part = createPart(
    { className: 'orders', title: t('orders.title'), path, everyMs: 1_000, render },
    h('div', { class: 'tabs', role: 'group', 'aria-label': t('orders.title') }, ...tabs.map(({ element }) => element)),
    h('table', { class: 'rows' }, body),
    empty,
  )
  const choose = (/** @type {string | null} */ state) => {
    chosen = state
    for (const tab of tabs) tab.press(chosen)
    void part.refresh()
  }
  for (const tab of tabs) tab.press(null)
  return {
    element: part.element,
    show: (/** @type {import('./room.js').Snapshot} */ { orders }) => {
      for (const tab of tabs) tab.show(orders)
    },
  }
}

function createTab(/** @type {string | null} */ state, /** @type {() => void} */ onclick) {
  const count = h('b', {}, '–')
  const element = h(
    'button',
    { class: 'tab', onclick, 'data-state': state },
    t(state === null ? 'orders.all' : `state.${state}`),
    ' ',
    count,
  )
  return {
    element,
    press: (/** @type {string | null} */ chosen) => element.setAttribute('aria-pressed', String(chosen === state)),
    show: (/** @type {Record<string, number>} */ orders) => {
      const all = Object.values(orders).reduce((sum, one) => sum + one, 0)
      setText(count, number(state === null ? all : (orders[state] ?? 0)))
    },
  }
}

function rowOf(
  /** @type {{ id: string, number: string, state: string, customer: { name: string }, totalCents: number, currency: string, placedAt: string }} */ order,
) {
  const { id, number: name, state, customer, totalCents, currency, placedAt } = order
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('a', { href: `/orders/${id}` }, name)),
    h('td', {}, h('span', { class: 'chip', 'data-state': state }, t(`state.${state}`))),
    h('td', { class: 'who' }, customer.name),
    h('td', { class: 'sum' }, money(totalCents, currency)),
    h('td', { class: 'when' }, clock(placedAt)),
  )
}
