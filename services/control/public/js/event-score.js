import { comma, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { deadOf, nowOf } from './bus-now.js'
import { nameOf, rate } from './say-standing.js'

/** @import { BusNow, ListedEvent } from '../../bus/bus-answer.ts' */

/**
 * The table of routes as a drawing: a line down for each service, a row for each event, from who says it to who hears it.
 * @param {{ services: string[], events: ListedEvent[], now: BusNow | null }} props
 */
export function EventScore({ services, events, now }) {
  return html`
    <section class="score" aria-label=${t('events.drawing')} style=${{ '--services': services.length }}>
      <div class="score-names" aria-hidden="true">
        ${services.map((service) => html`<b id=${service}>${nameOf(service)}<${Dead} count=${deadOf(null, service, now)} /></b>`)}
      </div>
      <ol>
        ${events.map((event) => html`<${Row} key=${event.event} about=${event} services=${services} now=${now} />`)}
      </ol>
      <p class="score-key small">
        <span class="of-say">${t('events.says')}</span>
        <span class="of-hear">${t('events.hears')}</span>
        <span class="of-urgent">${t('events.urgent')}</span>
        ${events.some(({ to }) => to.some(({ lane }) => lane === 'bulk')) && html`<span class="of-bulk">${t('events.bulk')}</span>`}
        ${events.some(({ to }) => to.some(({ lane }) => lane === 'aside')) && html`<span class="of-aside">${t('events.aside')}</span>`}
        <span class="of-dead">${t('picture.dead')}</span>
      </p>
    </section>`
}

/** @param {{ about: ListedEvent, services: string[], now: BusNow | null }} props */
function Row({ about: { event, from, to }, services, now }) {
  const { perS = null } = nowOf(event, now) ?? {}
  const placeOf = (/** @type {string} */ service) => services.indexOf(service)
  const ends = to.map((one) => ({ ...one, place: placeOf(one.service), dead: deadOf(event, one.service, now) }))
  const starts = from.map(placeOf)
  const all = [...starts, ...ends.map(({ place }) => place)]
  const span = { '--from': Math.min(...all), '--to': Math.max(...all) }
  return html`
    <li class=${perS ? 'row moving' : 'row'} data-event=${event}>
      <a class="what" href=${`#${event}`}>${event}</a>
      <span class="per-s">${perS === null ? '' : t('standing.up', { rate: rate(perS) })}</span>
      <div class="staff" aria-hidden="true">
        ${services.map((_, place) => html`<i class="life" style=${{ '--at': place }} />`)}
        <i class="wire" style=${span} />
        ${starts.map((place) => html`<i class="says" style=${{ '--at': place }} />`)}
        ${ends.map(({ place, lane, dead }) => html`<${Ear} place=${place} lane=${lane} dead=${dead} starts=${starts} />`)}
      </div>
      <span class="unseen">${from.map(nameOf).join(comma)} → ${to.map(({ service }) => nameOf(service)).join(comma)}</span>
    </li>`
}

/** The end of a wire: it points away from who speaks. @param {{ place: number, lane: string, dead: number, starts: number[] }} props */
function Ear({ place, lane, dead, starts }) {
  const comesFrom = starts.find((start) => start !== place) ?? place
  return html`
    <i class="ear" data-lane=${lane} data-way=${comesFrom < place ? 'right' : 'left'} data-beside=${starts.includes(place)} style=${{ '--at': place }}>
      <${Dead} count=${dead} />
    </i>`
}

/** How many messages were given up; beside a service: those of which nobody knows what they were. */
function Dead(/** @type {{ count: number }} */ { count }) {
  return count > 0 ? html`<b class="dead" title=${t('letters.title')}>${count}</b>` : null
}
