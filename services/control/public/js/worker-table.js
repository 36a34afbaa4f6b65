import { h, setText } from '/assets/js/dom.js'
import { number, span, t } from '/assets/js/text.js'

const COLUMNS = ['service', 'worker', 'alive', 'handled', 'perS', 'up', 'fact']

/** The same as the picture for whoever reads rather than looks, with each worker by itself. */
export function createWorkerTable() {
  const body = h('tbody', {})
  const table = h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...COLUMNS.map((name) => h('th', { scope: 'col' }, t(`table.${name}`))))),
    body,
  )
  const element = h(
    'details',
    { class: 'workers' },
    h('summary', {}, h('span', { class: 'name' }, t('picture.table'))),
    h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': t('picture.table') }, table),
  )
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map()
  return {
    element,
    show: (/** @type {import('./room.js').Snapshot} */ { queues, facts }) => {
      const workers = (queues ?? []).flatMap((queue) => queue.workers.map((worker) => ({ queue, worker })))
      const ids = new Set(workers.map(({ worker }) => worker.id))
      for (const [id, row] of rows) if (queues && !ids.has(id)) row.remove()
      for (const { queue, worker } of workers) {
        const row = rows.get(worker.id) ?? rowIn(body)
        rows.set(worker.id, row)
        if (!row.isConnected) body.append(row)
        for (const [i, text] of cellsOf(queue, worker, facts[queue.service]).entries())
          setText(/** @type {Node} */ (row.children[i]), text)
      }
    },
  }
}

function rowIn(/** @type {HTMLElement} */ body) {
  const row = h('tr', {}, h('th', { scope: 'row' }), ...COLUMNS.slice(1).map(() => h('td', {})))
  body.append(row)
  return row
}

/** @param {import('./room.js').Queue} queue @param {import('./room.js').Worker} worker @param {import('./room.js').Fact | undefined} fact */
function cellsOf({ service, handledPerS }, { id, isLive, handled, upMs, beatAgeMs }, fact) {
  return [
    t(`service.${service}`),
    id,
    isLive ? t('table.yes') : t('table.no', { ago: span(beatAgeMs) }),
    number(handled),
    String(handledPerS[id] ?? 0),
    span(upMs),
    isLive && fact ? [fact.msg, fact.order].filter(Boolean).join(' ') : '',
  ]
}
