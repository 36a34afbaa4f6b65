import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { ceilingFor, HEIGHT, pathOf, WIDTH } from './chart-path.js'
import { rate } from './say-standing.js'
import { useAsked } from './use-asked.js'

/** @import { Moment, QueueHistory as History } from '../../history/history-answer.ts' */
/** @import { Mark } from '../../room/snapshot.ts' */
/** @import { RoomStore } from './room-store.js' */
/** @typedef {{ name: string, lines: { look: string, read: (moment: Moment) => number | null, say: (value: number) => string }[] }} Chart */

const STEP_MS = 5_000
const LEAST = 60 // moments shown, five minutes; a line of one point tells nothing

/** @type {Chart[]} */
const CHARTS = [
  { name: 'waiting', lines: [{ look: 'strong', read: ({ waiting }) => waiting, say: number }] },
  { name: 'inFlight', lines: [{ look: 'strong', read: ({ inFlight }) => inFlight, say: number }] },
  { name: 'handled', lines: [{ look: 'strong', read: ({ handledPerS }) => handledPerS, say: rate }] },
  {
    name: 'trouble',
    lines: [
      { look: 'soft', read: ({ retried }) => retried, say: number },
      { look: 'strong', read: ({ dead }) => dead, say: number },
    ],
  },
]

/**
 * How a queue went over the last hour. `marks` tell when something was broken.
 * @param {{ service: string, store: RoomStore, marks: Mark[] }} props
 */
export function QueueHistory({ service, store, marks }) {
  const path = `/api/admin/queues/${service}/history`
  const { found, failure } = useAsked(store, path, STEP_MS)
  const history = /** @type {History | null} */ (found)
  const moments = history?.moments ?? []
  return html`
    <section class="part" id="history">
      <div class="section-head">
        <h2>${t('history.title')}</h2>
        <a class="small" href=${`${path}?format=csv`} download>${t('part.csv')}</a>
      </div>
      <p class="failure" role="status" hidden=${failure === null}>${failure && t('part.failed', { why: failure })}</p>
      <div class="history">
        ${CHARTS.map((chart) => html`<${SmallChart} key=${chart.name} chart=${chart} moments=${moments} marks=${marks} />`)}
      </div>
    </section>`
}

/** @param {{ chart: Chart, moments: Moment[], marks: Mark[] }} props */
function SmallChart({ chart: { name, lines }, moments, marks }) {
  const drawn = lines.map((line) => ({ ...line, values: moments.map(line.read) }))
  const most = Math.max(0, ...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const ceiling = ceilingFor(Math.max(most, 1))
  const title = t(`history.${name}`)
  const shown = Math.max(LEAST, moments.length)
  const over = t('history.span', { span: span(shown * STEP_MS) })
  return html`
    <figure class="chart small-chart" data-chart=${name}>
      <figcaption>
        <h3>${title}</h3>
        <p class="legend">
          ${drawn.map(
            ({ look, values, say }, i) => html`
            <span class=${look}>${lines.length > 1 ? t(`history.${name}.${i}`) : ''} <b>${lastIn(values, say)}</b></span>`,
          )}
        </p>
      </figcaption>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img"
        aria-label=${`${title}, ${over}, ${t('chart.peak', { value: number(most) })}`}>
        <path class="grid" d=${`M0 ${HEIGHT}H${WIDTH}M0 0H${WIDTH}`} vector-effect="non-scaling-stroke" />
        ${marks
          .flatMap((mark) => placeOf(mark.at, moments, shown))
          .map((x) => html`<path class="mark" d=${`M${x} 0V${HEIGHT}`} vector-effect="non-scaling-stroke" />`)}
        ${drawn.map(
          ({ look, values }) => html`
          <path class=${look} d=${pathOf(padded(values, shown), ceiling)} vector-effect="non-scaling-stroke" />`,
        )}
      </svg>
      <p class="axis"><span>${over}</span><span>${t('chart.peak', { value: number(most) })}</span></p>
    </figure>`
}

/** @param {(number | null)[]} values @param {(value: number) => string} say */
function lastIn(values, say) {
  const last = values.at(-1) ?? null
  return last === null ? '–' : say(last)
}

/** What control has not seen yet is left empty, at the left. @param {(number | null)[]} values @param {number} shown @returns {(number | null)[]} */
const padded = (values, shown) => [...Array(shown - values.length).fill(null), ...values]

/** Where a time (ms) is in the picture, if it is there. @param {number} at @param {Moment[]} moments @param {number} shown */
function placeOf(at, moments, shown) {
  const i = moments.findIndex(({ t: seconds }) => seconds * 1_000 >= at)
  if (i < 0) return []
  return [(((i + shown - moments.length) * WIDTH) / (shown - 1)).toFixed(1)]
}
