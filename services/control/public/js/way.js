import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Session } from '../../session-answer.ts' */
/** @typedef {Pick<Session, 'services' | 'routes'>} Ways */

const WIDTH = 1_000 // of the drawing, which is stretched to the width of the stations

/** What the first service sends beyond its neighbour, drawn above the stations. */
export function ForwardWay(/** @type {Ways} */ { services, routes }) {
  const [first, neighbour] = services
  const route = routes.find(({ from }) => from === first)
  const target = route?.to.findLast((name) => name !== neighbour && name !== first)
  if (first === undefined || route === undefined || target === undefined) return null
  const [a, b] = [placeOf(first, services), placeOf(target, services)]
  const way = `M${a} 34V14Q${a} 6 ${a + 10} 6H${b - 10}Q${b} 6 ${b} 14V33`
  return html`<${Lane} place="over" word=${route.event} way=${way} head=${`M${b - 5} 27l5 7 5-7`} />`
}

/** What comes back to the first service, drawn below. */
export function ResultWay(/** @type {Ways} */ { services, routes }) {
  const first = services[0]
  if (first === undefined) return null
  const senders = routes.filter(({ from, to }) => from !== first && to.includes(first)).map(({ from }) => from)
  const places = [...new Set(senders)].map((name) => placeOf(name, services)).sort((a, b) => b - a)
  const [last, ...others] = places
  if (last === undefined) return null
  const home = placeOf(first, services)
  const way = `M${last} 0V18Q${last} 26 ${last - 10} 26H${home + 10}Q${home} 26 ${home} 18V1`
  const joins = others.map((place) => `M${place} 0V26`).join('')
  return html`
    <${Lane} place="under" word=${t('picture.results')} way=${way + joins} head=${`M${home - 5} 7l5-7 5 7`} />`
}

/** Where a station stands, by its name. */
const placeOf = (/** @type {string} */ name, /** @type {readonly string[]} */ services) =>
  ((services.indexOf(name) + 0.5) * WIDTH) / services.length

function Lane(/** @type {{ place: string, word: string, way: string, head: string }} */ { place, word, way, head }) {
  return html`
    <div class=${`lane ${place}`} aria-hidden="true">
      <svg viewBox=${`0 0 ${WIDTH} 34`} preserveAspectRatio="none" focusable="false">
        <path d=${way} vector-effect="non-scaling-stroke" />
        <path d=${head} vector-effect="non-scaling-stroke" />
      </svg>
      <span>${word}</span>
    </div>`
}
