import { h, setText } from '/assets/js/dom.js'
import { span, t } from '/assets/js/text.js'

const STATIONS = /** @type {const} */ (['order', 'inventory', 'payment', 'notification'])
const TICK_MS = 1_000
const SILENT_MS = 2_000
const BAD = ['stock.rejected', 'payment.declined', 'order.cancelled', 'message.buried']

/** The four stations of an order, and where it is now. */
export function createJourney() {
  const stations = STATIONS.map((service) => ({ service, ...createStation(service) }))
  /** @type {import('./order.js').Entry[]} */ let entries = []
  let mailCount = 0
  const draw = () => {
    const told = stationsOf(entries, mailCount)
    for (const { service, show } of stations) show(told[service])
  }
  setInterval(draw, TICK_MS) // for how long nothing has been heard
  return {
    element: h('ol', { class: 'journey' }, ...stations.map(({ element }) => element)),
    show: (/** @type {import('./order.js').Entry[]} */ heard, /** @type {number} */ mails) => {
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
    show: (/** @type {{ look: string, text: string, ms: number | null }} */ told) => {
      element.dataset.look = told.look
      setText(what, told.text)
      setText(time, told.ms === null ? ' ' : span(told.ms))
    },
  }
}

/**
 * What each station shows: the last that its service told, how long it took since the step before, and whether
 * the order is there now.
 * @param {import('./order.js').Entry[]} entries
 * @param {number} mailCount
 */
function stationsOf(entries, mailCount) {
  const isOver = !['placed', 'reserved'].includes(entries.at(-1)?.state ?? 'placed')
  const stock = stationOf('inventory', entries, isOver, true)
  const payment = stationOf('payment', entries, isOver, stock.look === 'done')
  const order = entries.find(({ event }) => event === 'order.placed')
  return {
    order: {
      look: entries.some(({ event }) => event === 'order.cancelled') ? 'bad' : 'done',
      text: entries.some(({ event }) => event === 'order.cancelled') ? t('state.cancelled') : t('station.order.placed'),
      ms: order ? 0 : null,
    },
    inventory: stock,
    payment,
    notification:
      mailCount > 0
        ? { look: 'done', text: t('station.mails', { count: mailCount }), ms: null }
        : { look: 'next', text: t('station.waiting'), ms: null },
  }
}

/** @param {string} service @param {import('./order.js').Entry[]} entries @param {boolean} isOver @param {boolean} isReached */
function stationOf(service, entries, isOver, isReached) {
  const index = entries.findLastIndex((entry) => entry.service === service)
  const last = entries[index]
  if (last === undefined) {
    if (isOver) return { look: 'skipped', text: t('station.skipped'), ms: null }
    return isReached ? hereNow(entries) : { look: 'next', text: t('station.waiting'), ms: null }
  }
  const ms = last.msSincePlaced - (entries[index - 1]?.msSincePlaced ?? 0)
  return {
    look: BAD.includes(last.event) ? 'bad' : 'done',
    text: t(
      last.event.startsWith('message.') ? `station.${last.event}` : `station.${service}.${last.event.split('.')[1]}`,
    ),
    ms: Math.max(0, ms),
  }
}

/** Whether a service works or has none to work for it is not told here; for how long it has said nothing is. */
function hereNow(/** @type {import('./order.js').Entry[]} */ entries) {
  const silentMs = Date.now() - Date.parse(entries.at(-1)?.at ?? '')
  const text = silentMs > SILENT_MS ? t('station.silent', { span: span(silentMs) }) : t('station.reached')
  return { look: 'now', text, ms: null }
}
