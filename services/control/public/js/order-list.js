import { h, setText } from '/assets/js/dom.js'
import { clock, money, number, t } from '/assets/js/text.js'
import { createPart } from './part.js'

const STATES = ['placed', 'reserved', 'paid', 'rejected', 'declined', 'cancelled', 'refunded']

/** Orders by state, and the newest of the state that is chosen. `restart` is called when that changes. */
export function createOrderList(/** @type {() => void} */ restart) {
  /** @type {string | null} */ let chosen = null
  const body = h('tbody', {})
  const empty = h('p', { class: 'empty' }, t('room.loading'))
  const tabs = [null, ...STATES].map((state) => createTab(state, () => choose(state)))
  const render = (/** @type {import('./room.js').Listed[]} */ orders) => {
    body.replaceChildren(...orders.map(rowOf))
    empty.hidden = orders.length > 0
    setText(empty, t(chosen === null ? 'orders.none' : 'orders.noneOf'))
  }
  const part = createPart(
    { className: 'orders', title: t('orders.title'), render },
    h('div', { class: 'tabs', role: 'group', 'aria-label': t('orders.title') }, ...tabs.map(({ element }) => element)),
    h('table', { class: 'rows' }, body),
    empty,
  )
  const choose = (/** @type {string | null} */ state) => {
    chosen = state
    for (const tab of tabs) tab.press(chosen)
    restart()
  }
  for (const tab of tabs) tab.press(null)
  return {
    element: part.element,
    state: () => chosen,
    show: (/** @type {import('./room.js').Snapshot} */ { orders, newest, isFirst }) => {
      for (const tab of tabs) tab.show(orders)
      part.draw(newest, isFirst)
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

function rowOf(/** @type {import('./room.js').Listed} */ order) {
  const { id, number: name, state, customerName, totalCents, currency, placedAt } = order
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('a', { href: `/orders/${id}` }, name)),
    h('td', {}, h('span', { class: 'chip', 'data-state': state }, t(`state.${state}`))),
    h('td', { class: 'who' }, customerName),
    h('td', { class: 'sum' }, money(totalCents, currency)),
    h('td', { class: 'when' }, clock(placedAt)),
  )
}
