import { follow } from '/assets/js/stream.js'
import { t } from '/assets/js/text.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { lostOn, newestTry } from './loop-facts.js'

/** @import { BreakName, LoopNow } from '../../../../../tour/loop/loop-answer.ts' */
/** @import { Break, Shown, TourNow } from '../../station.js' */
/** @typedef {(action: Record<string, unknown>) => Promise<unknown>} Act */

const TOGETHER = 3

/** @type {readonly BreakName[]} */
const BREAKS = ['popped', 'charged', 'flush', 'answer', 'poison']

const GUESS_WORDS = { ask: 'tour.loop.guess', right: 'tour.loop.guessed', wrong: 'tour.loop.otherwise' }

/** Both sides, as long as the page is there, and the ways to do the same to both. @returns {Shown & { loop: LoopNow | null, act: Act }} */
export function useLoop(/** @type {TourNow} */ tour) {
  const loop = useLoopNow()
  const [busy, setBusy] = useState(/** @type {unknown} */ (null))
  const act = async (/** @type {Record<string, unknown>} */ action) => {
    setBusy(action.kind ?? action.action)
    await tour.store.post('/api/admin/tour/loop', { page: tour.page, ...action }).finally(() => setBusy(null))
  }
  const isSent = loop !== null && loop.sent.length > 0
  const isDone = isSent && loop.sent.every(({ left, right }) => left.fate !== null && right.fate !== null)
  return {
    ...{ loop, act, guessWords: GUESS_WORDS },
    about: loop?.sent.flatMap(({ number, orderId }) => [number, orderId]),
    deed: {
      isBusy: busy !== null || loop === null || (isSent && !isDone),
      isDone: isDone || (loop?.tries.length ?? 0) > 0,
      run: () => act({ action: 'send', count: TOGETHER }),
    },
    breaks: BREAKS.map((id) => breakOf(id, loop, busy === id, act)),
    repair: () => act({ action: 'repair' }),
    figure: loop !== null && loop.tries.length > 0 ? figureOf(loop) : null,
  }
}

function useLoopNow() {
  const [loop, setLoop] = useState(/** @type {LoopNow | null} */ (null))
  useEffect(() => {
    const stream = follow(() => '/api/admin/tour/loop', { up: () => {}, down: () => {}, hear: setLoop })
    return () => stream.close()
  }, [])
  return loop
}

/**
 * @param {BreakName} id @param {LoopNow | null} loop @param {boolean} isBusy @param {Act} act
 * @returns {Break & { seen: string | null }}
 */
function breakOf(id, loop, isBusy, act) {
  const { left = null, right = null } = loop?.matrix[id] ?? {}
  const isNewest = loop !== null && newestTry(loop)?.kind === id
  const isKnown = left !== null && right !== null
  const isUp = loop?.isUp.consumer === true && loop.isUp.producer
  return {
    id,
    isBroken: isBusy || (isNewest && (!isKnown || !isUp)),
    outcome: isKnown ? left : null,
    seen: isKnown ? t('tour.loop.seen', { left: t(`outcome.${left}`), right: t(`outcome.${right}`) }) : null,
    run: () => act({ action: 'break', kind: id }),
  }
}

const figureOf = (/** @type {LoopNow} */ loop) =>
  t('tour.loop.figure', { left: lostOn('left', loop).length, right: lostOn('right', loop).length })
