import { comma, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { brokenIn, shownOf } from './loop-facts.js'
import { leftStory, rightStory } from './stories.js'

/** @import { LoopNow, Sent, Side } from '../../../../../tour/loop/loop-answer.ts' */
/** @typedef {{ numbers: string[], side: 'left' | 'right', story: string, fate: string | null }} Told */

/** What became of each message, by name; where nothing failed, how long it took on both sides. */
export function ByName(/** @type {{ loop: LoopNow, dead: number | null }} */ { loop, dead }) {
  const shown = shownOf(loop)
  const broken = brokenIn(loop)
  return html`
    <section class="by-name" aria-live="polite">
      <h3 hidden=${shown.length === 0}>${t('tour.loop.byName')}</h3>
      <ul>
        ${broken?.kind === 'poison' && html`<${Poison} isUp=${loop.isUp.consumer} dead=${dead} />`}
        ${broken === null && isFine(shown) ? html`<li>${fineStory(shown)}</li>` : tellings(shown, loop).map(({ numbers, side, story, fate }) => html`<li data-fate=${fate ?? 'open'}><b>${numbers.join(comma)}</b> · ${t('tour.loop.told', { side: t(`tour.loop.${side}`), story })}</li>`)}
      </ul>
    </section>`
}

const Poison = (/** @type {{ isUp: boolean, dead: number | null }} */ { isUp, dead }) => html`
  <li data-fate=${isUp ? 'late' : 'lost'}>${t(isUp ? 'tour.loop.poison.back' : 'tour.loop.poison.left')}</li>
  <li>${t('tour.loop.poison.right', { dead: dead ?? '–' })}</li>`

const isFine = (/** @type {Sent[]} */ shown) =>
  shown.length > 0 && shown.every(({ left, right }) => left.fate === 'nothing' && right.fate === 'nothing')

const fineStory = (/** @type {Sent[]} */ shown) =>
  t('tour.loop.fine', {
    left: medianMs(shown.map(({ left }) => left)),
    right: medianMs(shown.map(({ right }) => right)),
  })

function medianMs(/** @type {Side[]} */ sides) {
  const times = sides.map(({ toldAt, doneAt }) => Math.max(0, (doneAt ?? 0) - (toldAt ?? 0))).sort((a, b) => a - b)
  return span(times[Math.floor(times.length / 2)] ?? 0)
}

/** Those of which the same is to be told are told together. @returns {Told[]} */
function tellings(/** @type {Sent[]} */ shown, /** @type {LoopNow} */ loop) {
  /** @type {Told[]} */
  const each = shown.flatMap(({ number, left, right }) => [
    { numbers: [number], side: 'left', story: leftStory(left, loop), fate: left.fate },
    { numbers: [number], side: 'right', story: rightStory(right), fate: right.fate },
  ])
  const sameAs =
    (/** @type {Told} */ one) =>
    (/** @type {Told} */ { side, story }) =>
      side === one.side && story === one.story
  const firsts = each.filter((one) => each.find(sameAs(one)) === one)
  return firsts
    .map((one) => ({ ...one, numbers: each.filter(sameAs(one)).flatMap(({ numbers }) => numbers) }))
    .sort((a, b) => a.side.localeCompare(b.side))
}
