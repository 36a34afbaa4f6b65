import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { brokenIn, shownOf } from './loop-facts.js'

/** @import { LoopNow, Sent, Side } from '../../../../../tour/loop/loop-answer.ts' */
/** @typedef {{ from: number, ms: number }} Span what the axis shows */

const LEAST_MS = 1_500
const BEFORE = 0.03 // of the axis
const SIDES = /** @type {const} */ (['left', 'right'])

/** One time axis for both sides: waiting is hollow, work is solid, a death is a skull; and one line through both where it broke. */
export function TimeAxis(/** @type {{ loop: LoopNow }} */ { loop }) {
  const shown = shownOf(loop)
  if (shown.length === 0) return html`<p class="placeholder">${t('tour.loop.none')}</p>`
  const span = spanOf(shown)
  const broke = brokenIn(loop)
  return html`
    <div class="loop-axis">
      ${SIDES.map(
        (side) => html`
        <section class="loop-side" data-side=${side}>
          <h3>${t(`tour.loop.${side}`)}</h3>
          <ol>${shown.map((one) => html`<${Row} key=${one.number} number=${one.number} side=${one[side]} span=${span} broke=${broke?.at ?? null} />`)}</ol>
        </section>`,
      )}
      ${broke !== null && html`<i class="broke" style=${{ '--x': share(broke.at, span), '--w': share(broke.until, span) - share(broke.at, span) }} aria-hidden="true"></i>`}
      <p class="scale">${[0, 1, 2, 3].map((third) => html`<span>+${number(Math.round((span.ms * third) / 3))} ${t('unit.ms')}</span>`)}</p>
    </div>`
}

/** @param {{ number: string, side: Side, span: Span, broke: number | null }} props */
function Row({ number: name, side, span, broke }) {
  const at = (/** @type {number} */ ms) => ({ '--x': share(ms, span) })
  return html`
    <li data-fate=${side.fate ?? 'open'}>
      <b>${name}</b>
      <span class="loop-track" aria-hidden="true">
        ${barsOf(side, span, broke).map(({ kind, from, to }) => html`<i class="piece" data-kind=${kind} style=${{ ...at(from), '--w': share(to, span) - share(from, span) }}></i>`)}
        ${side.deaths.map((death) => html`<i class="died" style=${at(death.at)}>☠</i>`)}
        ${side.doneAt !== null && html`<i class="reached" style=${at(side.doneAt)}>✓</i>`}
      </span>
      <em>${side.fate === null ? '…' : t(`tour.loop.fate.${side.fate}`)}</em>
    </li>`
}

/** @returns {Span} */
function spanOf(/** @type {Sent[]} */ shown) {
  const marks = shown.flatMap(({ left, right }) => [...marksOf(left), ...marksOf(right)])
  const from = Math.min(...marks)
  const ms = Math.max(LEAST_MS, Math.max(...marks) - from) / (1 - 2 * BEFORE)
  return { from: from - ms * BEFORE, ms }
}

const marksOf = (/** @type {Side} */ { toldAt, pops, deaths, doneAt }) =>
  [toldAt, doneAt, ...pops.map(({ at }) => at), ...deaths.map(({ at }) => at)].filter((at) => at !== null)

/** In percent of the axis. */
const share = (/** @type {number} */ at, /** @type {Span} */ { from, ms }) =>
  Math.round(Math.min(100, Math.max(0, ((at - from) / ms) * 100)) * 100) / 100

/** What it did and what it waited for, piece by piece. What was lost without a death was lost when it broke. */
function barsOf(/** @type {Side} */ side, /** @type {Span} */ span, /** @type {number | null} */ broke) {
  const { toldAt, pops, deaths, doneAt, fate } = side
  if (toldAt === null) return []
  const losses = fate === 'lost' && deaths.length === 0 && broke !== null ? [broke] : deaths.map(({ at }) => at)
  const pieces = [...pops.map(({ at }) => ({ at, kind: 'work' })), ...losses.map((at) => ({ at, kind: 'gone' }))]
  const stops = [{ at: toldAt, kind: 'wait' }, ...pieces.sort((a, b) => a.at - b.at)].filter(
    ({ at }) => doneAt === null || at <= doneAt,
  )
  return stops.map(({ at, kind }, i) => ({ kind, from: at, to: stops[i + 1]?.at ?? doneAt ?? span.from + span.ms }))
}
