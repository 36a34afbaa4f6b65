import { h, setText } from '/assets/js/dom.js'
import { span, t } from '/assets/js/text.js'

const STATIONS = ['order', 'inventory', 'payment', 'notification']
const BAD = ['stock.rejected', 'payment.declined', 'order.cancelled']

/** The four stations of an order, and where it is now. */
export function createJourney() {
  const stations = STATIONS.map((service) => createStation(service))
  return {
    element: h('ol', { class: 'journey' }, ...stations.map(({ element }) => element)),
    show: (/** @type {import('./order.js').Entry[]} */ entries, /** @type {number} */ mailCount) => {
      const told = stationsOf(entries, mailCount)
      for (const [i, station] of stations.entries()) station.show(told[i])
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
    show: (/** @type {{ look: string, text: string, ms: number | null } | undefined} */ told) => {
      if (told === undefined) return
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
  return [
    {
      look: entries.some(({ event }) => event === 'order.cancelled') ? 'bad' : 'done',
      text: entries.some(({ event }) => event === 'order.cancelled') ? t('state.cancelled') : t('station.order.placed'),
      ms: order ? 0 : null,
    },
    stock,
    payment,
    mailCount > 0
      ? { look: 'done', text: t('station.mails', { count: mailCount }), ms: null }
      : { look: 'next', text: t('station.waiting'), ms: null },
  ]
}

/** @param {string} service @param {import('./order.js').Entry[]} entries @param {boolean} isOver @param {boolean} isReached */
function stationOf(service, entries, isOver, isReached) {
  const index = entries.findLastIndex((entry) => entry.service === service)
  const last = entries[index]
  if (last === undefined) {
    if (isOver) return { look: 'skipped', text: t('station.skipped'), ms: null }
    return isReached
      ? { look: 'now', text: t('station.working'), ms: null }
      : { look: 'next', text: t('station.waiting'), ms: null }
  }
  const ms = last.msSincePlaced - (entries[index - 1]?.msSincePlaced ?? 0)
  return {
    look: BAD.includes(last.event) ? 'bad' : 'done',
    text: t(`station.${service}.${last.event.split('.')[1]}`),
    ms: Math.max(0, ms),
  }
}
