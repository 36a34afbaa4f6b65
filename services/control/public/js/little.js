/** @import { Hop } from '../../../../shared/web/peaks.ts' */
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

/** What waits before all hops together. @param {Hop[]} hops */
export const waitingIn = (hops) => hops.reduce((sum, { waiting }) => sum + waiting, 0)
