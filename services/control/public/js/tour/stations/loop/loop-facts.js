/** @import { LoopNow, Sent, Try } from '../../../../../tour/loop/loop-answer.ts' */

const SHOWN = 3

/** Those whose customer was told that they are accepted, and of which nobody knows any more. */
export const lostOn = (/** @type {'left' | 'right'} */ side, /** @type {LoopNow} */ { sent }) =>
  sent.filter((one) => one[side].fate === 'lost')

/** @returns {Try | undefined} */
export const newestTry = (/** @type {LoopNow} */ { tries }) => tries.at(-1)

/** What is drawn: what went with the newest break or, where nothing was broken yet, what was sent last. @returns {Sent[]} */
export function shownOf(/** @type {LoopNow} */ loop) {
  const last = loop.sent.at(-1)
  const newest = newestTry(loop)
  const isAfter = last !== undefined && newest !== undefined && !newest.numbers.includes(last.number)
  const concerned =
    newest === undefined || isAfter ? loop.sent : loop.sent.filter(({ number }) => newest.numbers.includes(number))
  return concerned.slice(-SHOWN)
}

/** When the newest break was, if it concerns what is drawn. */
export function brokenIn(/** @type {LoopNow} */ loop) {
  const newest = newestTry(loop)
  if (newest === undefined || newest.at === null || newest.until === null) return null
  const isDrawn = shownOf(loop).some(({ number }) => newest.numbers.includes(number))
  return isDrawn ? { kind: newest.kind, at: newest.at, until: newest.until } : null
}
