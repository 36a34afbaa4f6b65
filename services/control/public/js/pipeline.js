import { h, s, setText } from '/assets/js/dom.js'
import { number, span, t } from '/assets/js/text.js'

const SERVICES = ['order', 'inventory', 'payment', 'notification']
const FEW_CELLS = 12

/** The picture of the pipeline: four stations, each with the list in front of it, and the ways between them. */
export function createPipeline() {
  const stations = SERVICES.map((service) => createStation(service))
  const gone = h('p', { class: 'notice', role: 'status', hidden: true }, t('room.redisGone'))
  const element = h(
    'div',
    { class: 'pipeline-box' },
    gone,
    h(
      'div',
      { class: 'pipeline', role: 'group', 'aria-label': t('picture.label') },
      lane('over', 'order.placed', 'M125 34V14Q125 6 135 6H865Q875 6 875 14V33', 'M870 27l5 7 5-7'),
      ...stations.map(({ element: one }) => one),
      lane('under', t('picture.results'), 'M625 0V18Q625 26 615 26H135Q125 26 125 18V1M375 0V26', 'M120 7l5-7 5 7'),
    ),
  )
  return {
    element,
    show: (/** @type {import('./room.js').Snapshot} */ { queues }) => {
      gone.hidden = queues !== null
      element.classList.toggle('unknown', queues === null)
      for (const [i, station] of stations.entries()) station.show(queues?.[i])
    },
  }
}

/** A way above or below the stations, stretched to their width, and what goes there. */
function lane(
  /** @type {string} */ place,
  /** @type {string} */ word,
  /** @type {string} */ way,
  /** @type {string} */ head,
) {
  const drawn = [way, head].map((d) => s('path', { d, 'vector-effect': 'non-scaling-stroke' }))
  const stretched = { viewBox: '0 0 1000 34', preserveAspectRatio: 'none', focusable: 'false' }
  return h('div', { class: `lane ${place}`, 'aria-hidden': 'true' }, s('svg', stretched, ...drawn), h('span', {}, word))
}

function createStation(/** @type {string} */ service) {
  const waiting = h('b', { class: 'waiting' }, '–')
  const cells = Array.from({ length: FEW_CELLS }, () => h('i', {}))
  const facts = ['oldest', 'inFlight', 'retrying', 'dead'].map((name) => ({ name, value: h('dd', {}, '–') }))
  const worker = h('p', { class: 'worker' }, '–')
  const element = h(
    'section',
    { class: 'stop', 'data-service': service, 'aria-label': t(`service.${service}`) },
    h('h3', {}, t(`service.${service}`)),
    h('p', { class: 'queue' }, waiting, ' ', t('picture.waiting')),
    h('div', { class: 'cells', 'aria-hidden': 'true' }, ...cells),
    h(
      'dl',
      {},
      ...facts.map(({ name, value }) => h('div', { 'data-fact': name }, h('dt', {}, t(`picture.${name}`)), value)),
    ),
    worker,
  )
  return {
    element,
    show: (/** @type {import('./room.js').Queue | undefined} */ queue) => {
      setText(waiting, queue ? number(queue.waiting) : '–')
      const lit = queue ? litCells(queue.waiting) : 0
      for (const [i, cell] of cells.entries()) cell.classList.toggle('lit', i >= FEW_CELLS - lit)
      for (const { name, value } of facts) setText(value, queue ? wordFor(name, queue) : '–')
      for (const name of ['retrying', 'dead'])
        mark(element, name, Number(queue?.[/** @type {'dead'} */ (name)] ?? 0) > 0)
      showWorkers(element, worker, queue)
    },
  }
}

/** A list of 1 lights one cell, one of 4,000 all: each doubling one more. */
const litCells = (/** @type {number} */ waiting) => Math.min(FEW_CELLS, Math.ceil(Math.log2(waiting + 1)))

/** @param {string} name @param {import('./room.js').Queue} queue */
function wordFor(name, { oldestAgeMs, inFlight, retrying, dead, isCountCapped }) {
  const more = isCountCapped ? '+' : ''
  if (name === 'oldest') return oldestAgeMs === null ? '–' : span(oldestAgeMs)
  if (name === 'dead') return dead === null ? '?' : number(dead)
  return number(name === 'inFlight' ? inFlight : retrying) + more
}

function mark(/** @type {HTMLElement} */ element, /** @type {string} */ name, /** @type {boolean} */ is) {
  element.querySelector(`[data-fact=${name}]`)?.classList.toggle('some', is)
}

/** @param {HTMLElement} element @param {HTMLElement} worker @param {import('./room.js').Queue | undefined} queue */
function showWorkers(element, worker, queue) {
  const live = queue?.workers.filter(({ isLive }) => isLive) ?? []
  const perS = live.reduce((sum, { id }) => sum + (queue?.handledPerS[id] ?? 0), 0)
  element.dataset.look = queue === undefined ? 'unknown' : live.length > 0 ? 'up' : 'down'
  element.classList.toggle('moving', perS > 0)
  setText(
    worker,
    live.length > 0
      ? t('picture.perS', { rate: perS < 10 ? perS.toFixed(1) : number(Math.round(perS)) })
      : t('picture.noWorker'),
  )
}
