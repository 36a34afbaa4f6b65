import { clock, comma, number, span, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { deadOf, nowOf, queueOf } from './bus-now.js'
import { Held } from './held.js'
import { nameOf, rate } from './say-standing.js'

/** @import { BusNow, EventNow, ListedEvent, Receiver } from '../../bus/bus-answer.ts' */

/** One event: who says it, who hears it and how that goes, what it carries. @param {{ about: ListedEvent, now: BusNow | null }} props */
export function EventCard({ about, now }) {
  const { event, version, from, to, schema, shape } = about
  const known = nowOf(event, now)
  const perS = known?.perS ?? null
  return html`
    <section class="event" id=${event}>
      <div class="event-head">
        <h2>${event}</h2>
        <span class="chip">v${version}</span>
        <b class="per-s">${perS === null ? '' : t('standing.up', { rate: rate(perS) })}</b>
      </div>
      <p class="small">${t('events.saidBy', { what: tOr(`event.${event}`, event), who: from.map(nameOf).join(comma) })}</p>
      <table>
        <thead><tr>${HEADINGS.map((name) => html`<th scope="col">${t(`events.${name}`)}</th>`)}</tr></thead>
        <tbody>${to.map((receiver) => html`<${Listener} key=${receiver.queue} event=${event} receiver=${receiver} now=${now} />`)}</tbody>
      </table>
      <details class="carries">
        <summary><span class="name">${t('events.carries')}</span></summary>
        <pre tabindex="0" aria-label=${t('events.carries')}>${shape}</pre>
        <p class="small"><a href=${schema}>${t('events.schema')}</a></p>
      </details>
      <${Held} value=${known?.sample} isForced=${false} draw=${newest} />
    </section>`
}

const HEADINGS = ['hearer', 'inList', 'onDisk', 'oldest', 'dead']

/** @param {{ event: string, receiver: Receiver, now: BusNow | null }} props */
function Listener({ event, receiver: { service, queue, lane }, now }) {
  const waits = queueOf(queue, now)
  const dead = deadOf(event, service, now)
  return html`
    <tr data-queue=${queue}>
      <th scope="row">
        ${nameOf(service)} ${lane !== 'normal' && html`<span class="chip" data-lane=${lane}>${t(`lane.${lane}`)}</span>`}
      </th>
      <td class="in-list">${said(waits?.inList)}</td>
      <td class="on-disk">${said(waits?.onDisk)}${waits?.onDisk != null && waits.isFloor ? '+' : ''}</td>
      <td class="oldest">${waits?.oldestAgeMs == null ? '–' : span(waits.oldestAgeMs)}</td>
      <td class=${dead > 0 ? 'dead some' : 'dead'}>${now === null ? '–' : number(dead)}</td>
    </tr>`
}

const said = (/** @type {number | null | undefined} */ count) => (count == null ? '–' : number(count))

function newest(/** @type {EventNow['sample'] | undefined} */ sample) {
  if (!sample) return null
  return html`
    <details class="newest">
      <summary><span class="name">${t('events.newest', { at: clock(sample.at) })}</span></summary>
      <pre tabindex="0" aria-label=${t('events.newest', { at: clock(sample.at) })}>${JSON.stringify(sample, null, 2)}</pre>
    </details>`
}
