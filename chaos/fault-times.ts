import { type Fault, isClockStep } from './fault.ts'

export const USUAL_A_MINUTE = 250
const SHORTEST_MS = 100
const OVERTIME_MS = 3_000 // how long after the end of the run its last faults may go on

/**
 * A fault of a run that does so many a minute: where they come closer than usual each lasts as much shorter, or all that a
 * shop needs would be away all the time and nothing would happen to it any more. A clock that is wrong takes nothing away, and
 * is looked at only once a second.
 */
export function shortened(fault: Fault, faultsPerMinute: number): Fault {
  if (!('forMs' in fault) || isClockStep(fault)) return fault
  const forMs = Math.round(fault.forMs * Math.min(1, USUAL_A_MINUTE / faultsPerMinute))
  return { ...fault, forMs: Math.max(Math.min(SHORTEST_MS, fault.forMs), forMs) }
}

/** The same fault, over soon after a run of that length. */
export function endingBy(durationMs: number, fault: Fault): Fault {
  return 'forMs' in fault ? { ...fault, forMs: Math.min(fault.forMs, durationMs + OVERTIME_MS - fault.atMs) } : fault
}
