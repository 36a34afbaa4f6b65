import { serverNow } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { span, t } from '/assets/js/text.js'
import { SERVICES, stationsOf } from './stations.js'

/** @import { Entry, Order } from './order.js' */

const TICK_MS = 1_000

/** The four stations of an order, and where it is now. */
export function createJourney(/** @type {Order} */ order) {
  const stations = SERVICES.map((service) => ({ service, ...createStation(service) }))
  let entries = order.timeline
  let mailCount = 0
  const draw = () => {
    const told = stationsOf(order, entries, mailCount, serverNow())
    for (const { service, show } of stations) show(told[service])
  }
  setInterval(draw, TICK_MS) // for how long nothing has been heard
  return {
    element: h('ol', { class: 'journey' }, ...stations.map(({ element }) => element)),
    show: (/** @type {Entry[]} */ heard, /** @type {number} */ mails) => {
      entries = heard
      mailCount = mails
      draw()
    },
  }
}

function createStation(/** @type {string} */ service) {
  const what = h('span', { class: 'word' })
  const time = h('span', { class: 'ms' })
  const element = h(
    'li',
    { class: 'station', 'data-service': service },
    h('span', { class: 'dot', 'aria-hidden': 'true' }),
    h('b', {}, t(`service.${service}`)),
    what,
    time,
  )
  return {
    element,
    show: (/** @type {import('./stations.js').Station} */ { look, key, ms, silentMs, count }) => {
      element.dataset.look = look
      setText(what, t(key, { count, span: silentMs === undefined ? '' : span(silentMs) }))
      setText(time, ms === undefined ? ' ' : span(ms))
    },
  }
}
