import { quantileOf, type Spans, spansSince, sumOfSpans } from '../../../shared/protocol/spans.ts'
import type { Beat } from '../../../shared/protocol/workers.ts'
import type { HopPoint, Spread } from './snapshot.ts'

const SHOWN_S = 180
const NOTHING: Times = { wait: [], work: [] }

type Times = NonNullable<Beat['times']>
type Second = { times: Map<string, Times>; point?: HopPoint }

/** The seconds of the last minutes in which messages were handled, oldest first, and those that are new or different. */
export type HopChart = { all: HopPoint[]; changed: HopPoint[] }

/** The beats of all services at one moment. */
export type Beats = Map<string, Map<string, Beat>>

/**
 * How long messages waited before each service and were worked on there, second by second. Workers count since their start,
 * so what happened in a second is the difference between two beats; of a worker that is new to us only what it does from now on.
 */
export function createHopChart() {
  const seconds = new Map<number, Second>()
  const last = new Map<string, { at: number; seenAt: number; times: Times }>()
  return {
    note: (beats: Beats, now: number): void => {
      for (const [service, workers] of beats)
        for (const [id, { at, startedAt, times }] of workers) {
          const before = last.get(id)
          if (times === undefined || before?.at === at) continue
          last.set(id, { at, seenAt: now, times })
          if (before === undefined ? now - startedAt > YOUNG_MS : now - before.seenAt > STALE_MS) continue
          add(service, since(times, before?.times ?? NOTHING), secondAt(Math.floor(now / 1_000), seconds))
        }
      for (const [id, { seenAt }] of last) if (now - seenAt > SHOWN_S * 1_000) last.delete(id)
    },
    draw: (now: number): HopChart => {
      const first = Math.floor(now / 1_000) - SHOWN_S
      for (const t of seconds.keys()) if (t < first) seconds.delete(t)
      const changed = new Set([...seconds].filter(([, { point }]) => point === undefined).map(([t]) => t))
      const all = [...seconds].map(([t, second]) => pointOf(t, second))
      return { all, changed: all.filter(({ t }) => changed.has(t)) }
    },
  }
}

const YOUNG_MS = 3_000 // all that it did it did just now
const STALE_MS = 5_000 // nobody has looked meanwhile, and when it did all that nobody knows

const since = (now: Times, before: Times): Times => ({
  wait: spansSince(now.wait, before.wait),
  work: spansSince(now.work, before.work),
})

function secondAt(t: number, seconds: Map<number, Second>): Second {
  const second: Second = seconds.get(t) ?? { times: new Map() }
  seconds.set(t, second)
  return second
}

function add(service: string, more: Times, second: Second): void {
  if (![...more.wait, ...more.work].some((count) => count > 0)) return
  const { wait, work } = second.times.get(service) ?? NOTHING
  second.times.set(service, { wait: sumOfSpans([wait, more.wait]), work: sumOfSpans([work, more.work]) })
  delete second.point
}

function pointOf(t: number, second: Second): HopPoint {
  second.point ??= {
    t,
    hops: Object.fromEntries(
      [...second.times].map(([service, { wait, work }]) => [service, { wait: spreadOf(wait), work: spreadOf(work) }]),
    ),
  }
  return second.point
}

function spreadOf(spans: Spans): Spread | null {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantileOf(spans, share))
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 }
}
