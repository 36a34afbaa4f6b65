/** @import { Hop, Point } from '../../room/snapshot.ts' */
/** @typedef {{ service: string, waiting: number, perS: number, waitMs: number }} Law */

/**
 * The hop before which most waits, and by Little's law how long: L = λ · W, so W = L / λ. λ is what went out in the last
 * second, or what the hop is taken to manage while nothing has. Null where nothing waits, or nothing moves.
 * @param {Hop[]} hops @returns {Law | null}
 */
export function slowestOf(hops) {
  const waiting = hops.filter((hop) => hop.waiting > 0)
  const [most] = waiting.sort((a, b) => b.waiting - a.waiting)
  if (most === undefined) return null
  const perS = most.outPerS || most.canPerS
  if (perS <= 0) return null
  return { service: most.service, waiting: most.waiting, perS, waitMs: (most.waiting / perS) * 1_000 }
}

/**
 * How many orders had come and not been paid, second by second, since the first of these: it grows by what lies between the
 * line of what comes and that of what goes, and never below nothing.
 * @param {Point[]} points
 */
export function heldBack(points) {
  let held = 0
  return points.map(({ placed, paid }) => {
    held = Math.max(0, held + placed - paid)
    return held
  })
}
