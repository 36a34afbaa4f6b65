const BREAK_MS = 60_000 // without a live worker that pops; what came before says nothing of whether it could have answered

/** For how long (ms) a receiver has been there without a break. Told at each look whether it is, in ms of a steady clock. */
export function createAnswerable(): (isAnswering: boolean, at: number) => number {
  let attendedSince = performance.now()
  let attendedAt = attendedSince
  return (isAnswering, at) => {
    if (!isAnswering) return 0
    if (at - attendedAt > BREAK_MS) attendedSince = at
    attendedAt = at
    return at - attendedSince
  }
}
