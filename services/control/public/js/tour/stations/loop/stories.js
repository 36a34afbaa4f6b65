import { t } from '/assets/js/text.js'
import { preciseClock } from './precise-clock.js'

/** @import { LoopNow, Side } from '../../../../../tour/loop/loop-answer.ts' */

/** What became of a message in the tutorial's loop. */
export function leftStory(/** @type {Side} */ side, /** @type {LoopNow} */ { isUp }) {
  const { toldAt, status, inList, charges } = side
  const where = inList
    ? t(isUp.consumer ? 'tour.loop.inList' : 'tour.loop.inListAlone')
    : t(status === null ? 'tour.loop.nowhere' : `tour.loop.status.${status}`)
  const told = t(toldAt === null ? 'tour.loop.toldNothing' : 'tour.loop.toldAccepted')
  return [...handsOf(side), where, ...chargesOf(charges), told].join(' · ')
}

/** What became of an order of the shop. */
export function rightStory(/** @type {Side} */ side) {
  const state = side.doneAt === null ? t('tour.loop.onItsWay') : t(`state.${side.status}`)
  return [...handsOf(side), state, ...chargesOf(side.charges), t('tour.loop.toldAccepted')].join(' · ')
}

/** Who popped it and died of it; of what went well nobody asks for the time. */
function handsOf(/** @type {Side} */ { pops, deaths }) {
  const first = deaths[0]
  if (first === undefined) return []
  const pop = pops.findLast(({ at }) => at <= first.at)
  const popped = pop === undefined ? [] : [t('tour.loop.popped', { at: preciseClock(pop.at) })]
  return [...popped, ...deaths.map(({ at }) => t('tour.loop.killed', { at: preciseClock(at) }))]
}

const chargesOf = (/** @type {number} */ charges) =>
  charges === 0 ? [] : [t(charges === 1 ? 'tour.loop.once' : 'tour.loop.times', { charges })]
