import { t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { SERVICES } from './stations.js'

/** @import { Hop, Trace } from '../../trace/trace-answer.ts' */
/** @typedef {{ id: string, event: string, from: string, hops: Hop[] }} Told */

/** Who told whom what of an order, as it is in the table of routes: a column for each service, a line for each event. @param {{ trace: Trace }} props */
export function Ways({ trace: { services, hops } }) {
  const isAligned = services.join() === SERVICES.join() // then the stations above are its headings, where they stand side by side
  return html`
    <div class="ways-chart" data-aligned=${isAligned || null} style=${{ '--columns': services.length }}>
      <p class="ways-heads" aria-hidden="true">${services.map((name) => html`<span>${nameOf(name)}</span>`)}</p>
      <ol>${toldIn(hops).map((told) => html`<${Way} key=${told.id} told=${told} services=${services} />`)}</ol>
    </div>`
}

/** @param {{ told: Told, services: string[] }} props */
function Way({ told: { event, from, hops }, services }) {
  const places = hops.map(({ to }) => services.indexOf(to))
  const home = services.indexOf(from)
  const [first, last] = [Math.min(home, ...places), Math.max(home, ...places)]
  const what = tOr(`event.${event}`, event)
  const line = { '--from': first, '--to': last, '--home': home }
  const isLeft = (first + last) / 2 < (services.length - 1) / 2
  return html`
    <li style=${line} data-event=${event}>
      <span class="unseen">${t('trace.way', { from: nameOf(from), to: hops.map(({ to }) => nameOf(to)).join(t('list.comma')), what })}</span>
      <span class=${isLeft ? 'way-name' : 'way-name right'} aria-hidden="true">${what}</span>
      <span class="way-line" aria-hidden="true" />
      <i class="way-home" aria-hidden="true" />
      ${hops.map((hop, i) => html`<i class="way-end" data-is=${endOf(hop)} data-side=${sideOf(places[i] ?? 0, home)} style=${{ '--at': places[i] ?? 0 }} aria-hidden="true" />`)}
    </li>`
}

/** @param {Hop} hop */
const endOf = ({ outcome, failures }) => outcome ?? (failures.length > 0 ? 'failing' : 'open')
const sideOf = (/** @type {number} */ place, /** @type {number} */ home) =>
  place === home ? 'self' : place > home ? 'right' : 'left'
const nameOf = (/** @type {string} */ service) => tOr(`service.${service}`, service)

/** @param {Hop[]} hops @returns {Told[]} */
function toldIn(hops) {
  /** @type {Map<string, Told>} */ const told = new Map()
  for (const hop of hops) {
    const { messageId: id, event, from } = hop
    const before = told.get(id)?.hops ?? []
    told.set(id, { id, event, from, hops: [...before, hop] })
  }
  return [...told.values()]
}
