/** Numbers that only look random: the same seed gives the same ones, on every machine. */
export type Random = {
  /** A fraction from 0 up to, not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<T>(choices: readonly T[]): T
}

/** The generator mulberry32: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (share) => next() < share,
    pick: (choices) => pickAt(choices, next()),
  }
}

function pickAt<T>(choices: readonly T[], fraction: number): T {
  const choice = choices[Math.floor(fraction * choices.length)]
  if (choice === undefined) throw new Error('there is nothing to pick from')
  return choice
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], random: Random): T[] {
  return things
    .map((thing) => ({ thing, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing)
}
