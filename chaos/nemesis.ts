import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, nameOf } from './fault.ts'
import { PromiseBroken } from './promise-broken.ts'

/**
 * How often each fault was done; `missed` could not be, most often because its victim was dead already: `why`, by
 * kind and reason. `broken` are the promises that a fault itself saw broken, `told` what else it has to say.
 */
export type Tally = {
  done: Map<string, number>
  missed: number
  why: Map<string, number>
  broken: string[]
  told: string[]
}

export type Nemesis = { tally: Tally; done: Promise<void> }

/** Does the faults of a schedule, each at its time, whatever the others are doing, until told to stop. */
export function unleash(faults: Fault[], inflict: (fault: Fault) => Promise<void>, signal: AbortSignal): Nemesis {
  const tally: Tally = { done: new Map(), missed: 0, why: new Map(), broken: [], told: [] }
  const run = async () => {
    const startMs = Date.now()
    const underWay: Promise<void>[] = []
    for (const fault of faults) {
      const waitMs = startMs + fault.atMs - Date.now() // none where we are late: each wait is a turn of the loop
      if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) break
      underWay.push(doOne(fault, inflict, tally))
    }
    await Promise.all(underWay)
  }
  return { tally, done: run() }
}

async function doOne(fault: Fault, inflict: (fault: Fault) => Promise<void>, tally: Tally): Promise<void> {
  try {
    await inflict(fault)
    count(nameOf(fault), tally.done)
  } catch (error) {
    if (error instanceof PromiseBroken) tally.broken.push(error.message)
    else {
      tally.missed++ // killed a moment ago, or Redis is away: as it may be
      count(`${fault.kind}: ${reasonOf(error)}`, tally.why)
    }
  }
}

function count(what: string, counts: Map<string, number>): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const REASON_MAX = 60 // characters

const reasonOf = (error: unknown) => String(error instanceof Error ? error.message : error).slice(0, REASON_MAX)

/** The sum of all faults that were done. */
export function faultCount({ done }: Tally): number {
  return [...done.values()].reduce((sum, count) => sum + count, 0)
}
