import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { Fact, Queue, WorkerState } from '../../room/snapshot.ts' */
/** @import { Picture } from './merge-picture.js' */

const COLUMNS = ['service', 'worker', 'alive', 'handled', 'perS', 'up', 'fact']

/** The same as the picture for people who read rather than look, with each worker by itself. */
export function WorkerTable(/** @type {{ picture: Picture | null, isKnown: boolean }} */ { picture, isKnown }) {
  const rows = (picture?.lists ?? []).flatMap((queue) =>
    queue.workers.map(
      (worker) => html`
      <${WorkerRow} key=${worker.id} queue=${queue} worker=${worker} fact=${picture?.facts[queue.service]} isKnown=${isKnown} />`,
    ),
  )
  return html`
    <section class="part workers">
      <div class="section-head"><h2>${t('picture.table')}</h2></div>
      <div class="wide" tabindex="0" role="region" aria-label=${t('picture.table')}>
        <table>
          <thead><tr>${COLUMNS.map((name) => html`<th scope="col">${t(`table.${name}`)}</th>`)}</tr></thead>
          <tbody>${rows}</tbody>
        </table>
      </div>
    </section>`
}

/** @param {{ queue: Queue, worker: WorkerState, fact: Fact | undefined, isKnown: boolean }} props */
function WorkerRow({ queue: { service, handledPerS }, worker, fact, isKnown }) {
  const { id, isLive, beatAgeMs, handled, upMs } = worker
  const alive = isLive ? t('table.yes') : t('table.no', { ago: span(beatAgeMs) })
  return html`
    <tr>
      <th scope="row">${nameOf(service)}</th>
      <td>${id}</td>
      <td>${isKnown ? alive : t('standing.unknown')}</td>
      <td>${number(handled)}</td>
      <td>${isKnown ? (handledPerS[id] ?? 0) : '–'}</td>
      <td>${span(upMs)}</td>
      <td>${isLive && fact ? [fact.msg, fact.order].filter(Boolean).join(' ') : ''}</td>
    </tr>`
}
