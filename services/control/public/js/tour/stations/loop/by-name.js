import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { shownOf } from './loop-facts.js'
import { preciseClock } from './precise-clock.js'

/** @import { LoopNow, Sent, Side } from '../../../../../tour/loop/loop-answer.ts' */

/** What became of each message, by name: first what was lost or came twice. */
export function ByName(/** @type {{ loop: LoopNow }} */ { loop }) {
  const shown = shownOf(loop)
  return html`
    <section class="by-name" aria-live="polite">
      <h3>${t('tour.loop.byName')}</h3>
      <ul>
        ${shown.map(
          (one) => html`
          <li data-fate=${one.left.fate ?? 'open'}><b>${one.number}</b> · ${t('tour.loop.left')}: ${leftStory(one.left, loop)}</li>
          <li data-fate=${one.right.fate ?? 'open'}><b>${one.number}</b> · ${t('tour.loop.right')}: ${rightStory(one)}</li>`,
        )}
      </ul>
    </section>`
}

function leftStory(
  /** @type {Side} */ { toldAt, pops, deaths, status, inList, charges },
  /** @type {LoopNow} */ { isUp },
) {
  const popped = pops.map(({ at }) => t('tour.loop.popped', { at: preciseClock(at) }))
  const died = deaths.map(({ at }) => t('tour.loop.killed', { at: preciseClock(at) }))
  const where = inList
    ? t(isUp.consumer ? 'tour.loop.inList' : 'tour.loop.inListAlone')
    : t(status === null ? 'tour.loop.nowhere' : `tour.loop.status.${status}`)
  const told = t(toldAt === null ? 'tour.loop.toldNothing' : 'tour.loop.toldAccepted')
  return [...popped, ...died, where, ...chargesOf(charges), told].join(' · ')
}

function rightStory(/** @type {Sent} */ { right: { pops, deaths, status, charges, doneAt } }) {
  const popped = pops.slice(0, 1).map(({ at }) => t('tour.loop.popped', { at: preciseClock(at) }))
  const died = deaths.map(({ at }) => t('tour.loop.killed', { at: preciseClock(at) }))
  const state =
    doneAt === null ? [] : [t('tour.loop.reached', { state: t(`state.${status}`), at: preciseClock(doneAt) })]
  return [...popped, ...died, ...state, ...chargesOf(charges), t('tour.loop.toldAccepted')].join(' · ')
}

const chargesOf = (/** @type {number} */ charges) =>
  charges === 0 ? [] : [t(charges === 1 ? 'tour.loop.once' : 'tour.loop.times', { charges })]
