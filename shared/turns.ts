/** Runs a job when it is its turn. */
export type InTurn = <T>(job: () => Promise<T>) => Promise<T>

/** At most so many jobs at once, the others in their order. */
export function createTurns(most: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async (job) => {
    if (running < most) running++
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await job()
    } finally {
      const next = waiting.shift() // which takes this one's place
      if (next === undefined) running--
      else next()
    }
  }
}
