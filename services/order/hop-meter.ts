import { PACE_SHARE } from '../../shared/protocol/pace.ts'

const START_PER_S = 500 // until it is known better: what a gateway at some 100 ms a call manages, 64 of them at once
const CAN_MS = 5_000 // of what is measured, so much time counts for two thirds
const FLOW_MS = 3_000
const MESSAGES_A_CALL = { min: 0.1, max: 4 } // to the world outside

/** A worker's counters; `at` in ms by its own clock. */
export type Counters = { handled: number; calls: number; at: number }

/** A hop at one moment (`atMs`, steady): all that waits, and the part of it (`backlog`) that nobody is busy with. */
export type Seen = {
  atMs: number
  waiting: number
  backlog: number
  pacePerS: number | null
  workers: Map<string, Counters>
}

/** What comes, what goes, and what it is taken to manage, a second. */
export type Flow = { inPerS: number; outPerS: number; canPerS: number }

type Mark = Counters & { perS: number; callsPerS: number }

/**
 * Measures what a hop can do by what it was seen to do. What it does while little waits is what comes, not what it can: that
 * only makes the measure greater. It gets smaller where there was a second of work before it all the time.
 */
export function createHopMeter(): (seen: Seen) => Flow {
  let last: Seen | null = null
  let marks = new Map<string, Mark>()
  let canPerS = START_PER_S
  let messagesACall = 1
  const flow = { inPerS: 0, outPerS: 0 }

  const measure = (seen: Seen, before: Seen) => {
    const fresh = [...marks].filter(([id, { at }]) => seen.workers.get(id)?.at === at)
    if (fresh.length === 0) return
    const perS = sumOf([...marks.values()].map((mark) => mark.perS))
    const callsPerS = sumOf([...marks.values()].map((mark) => mark.callsPerS))
    const share = weight(seen.atMs - before.atMs, CAN_MS)
    if (callsPerS > 0) messagesACall += share * (within(perS / callsPerS, MESSAGES_A_CALL) - messagesACall)
    const isBusy = Math.min(before.backlog, seen.backlog) >= perS
    if (perS > 0 && (isBusy || perS > canPerS)) canPerS += share * (perS - canPerS)
  }
  const noteFlow = (seen: Seen, before: Seen) => {
    const ms = Math.max(seen.atMs - before.atMs, 1)
    const share = weight(ms, FLOW_MS)
    const done = doneBetween(before, seen)
    flow.outPerS += share * ((done * 1_000) / ms - flow.outPerS)
    flow.inPerS += share * ((Math.max(done + seen.waiting - before.waiting, 0) * 1_000) / ms - flow.inPerS)
  }
  return (seen) => {
    marks = new Map([...seen.workers].map(([id, now]) => [id, markOf(marks.get(id), now)]))
    if (last !== null) {
      measure(seen, last)
      noteFlow(seen, last)
    }
    if (last?.pacePerS !== seen.pacePerS) canPerS = Math.max(canPerS, START_PER_S) // it was held down by the one before
    last = seen
    const bound = (seen.pacePerS ?? Number.POSITIVE_INFINITY) * PACE_SHARE * messagesACall
    return { ...flow, canPerS: Math.min(canPerS, bound) }
  }
}

/** From one sign of work to the next: who is slow has none in some seconds, and who stands still has none that counts. */
function markOf(before: Mark | undefined, now: Counters): Mark {
  const [ms, handled] = [now.at - (before?.at ?? now.at), now.handled - (before?.handled ?? now.handled)]
  if (before === undefined || ms < 0 || handled < 0) return { ...now, perS: 0, callsPerS: 0 }
  if (ms === 0 || handled === 0) return before
  return { ...now, perS: (handled * 1_000) / ms, callsPerS: ((now.calls - before.calls) * 1_000) / ms }
}

function doneBetween(before: Seen, now: Seen): number {
  const done = [...now.workers].map(([id, { handled }]) => handled - (before.workers.get(id)?.handled ?? handled))
  return sumOf(done.map((count) => Math.max(count, 0)))
}

const weight = (ms: number, timeMs: number) => 1 - Math.exp(-ms / timeMs)
const within = (value: number, { min, max }: { min: number; max: number }) => Math.min(Math.max(value, min), max)
const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)
