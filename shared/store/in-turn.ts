/** A line in which each job begins when the one before has ended, whatever became of it. */
export function inTurn(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const mine = last.then(job, job)
    last = mine.catch(() => {}) // the caller hears of it; the next in line must not
    return mine
  }
}
