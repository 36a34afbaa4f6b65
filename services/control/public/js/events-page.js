import { get } from '/assets/js/api.js'
import { comma, t } from '/assets/js/text.js'
import { useAgain } from '/assets/js/use-again.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { EventCard } from './event-card.js'
import { EventScore } from './event-score.js'
import { useBus } from './use-bus.js'

/** @import { Catalogue } from '../../bus/bus-answer.ts' */
/** @import { Bus } from './use-bus.js' */

const AGAIN_MS = 1_500

/** Who says what to whom; and for the admin, how it goes now. */
export function EventsPage() {
  const catalogue = useCatalogue()
  const bus = useBus()
  useEffect(() => (catalogue ? toAddressed() : undefined), [catalogue])
  return html`
    <header class="events-head">
      <div class="room-head">
        <h1>${t('events.title')}</h1>
        <${Pulse} bus=${bus} />
      </div>
      <p class="lead">${t('events.lead')}</p>
      <p class="small">${t('events.machines')} <a href="/asyncapi.json">asyncapi.json</a></p>
    </header>
    ${catalogue === null ? html`<p class="placeholder" role="status">${t('room.connecting')}</p>` : parts(catalogue, bus)}`
}

function parts(/** @type {Catalogue} */ { services, events }, /** @type {Bus} */ { now }) {
  return html`
    <${EventScore} services=${services} events=${events} now=${now} />
    <div class="event-cards">
      ${events.map((event) => html`<${EventCard} key=${event.event} about=${event} now=${now} />`)}
    </div>`
}

/** Reads it until it is there: the server may be away. */
function useCatalogue() {
  const [catalogue, setCatalogue] = useState(/** @type {Catalogue | null} */ (null))
  useAgain(async () => {
    /** @type {Catalogue | null} */ const found = await get('/api/events').catch(() => null)
    if (found !== null) setCatalogue(found)
    return found === null ? AGAIN_MS : null
  }, [])
  return catalogue
}

/** What the address names was not there yet when the page was opened. */
function toAddressed() {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()
}

/** How live the figures are, and how they come to be. */
function Pulse(/** @type {{ bus: Bus }} */ { bus: { link, now } }) {
  const missing = now?.unreachable.map((name) => t(`service.${name}`)).join(comma)
  return html`
    <p class="pulse" role="status" data-look=${link}>
      ${link === 'locked' ? html`<span>${t('events.locked')} <a href="/control">${t('events.signIn')}</a></span>` : t(`room.${link}`)}
    </p>
    <p class="small as-of" hidden=${!missing}>${t('letters.unreachable', { list: missing })}</p>`
}
