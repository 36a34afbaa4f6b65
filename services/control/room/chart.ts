import { z } from 'zod'
import type { Point } from './snapshot.ts'

const SHOWN_S = 180
const STALE_MS = 10_000 // not drawn for longer, what happened meanwhile is not worth reading

/** When orders were placed and paid, as order tells it. */
export const timeline = z.array(
  z.object({ seq: z.int(), event: z.enum(['order.placed', 'payment.captured']), at: z.number(), ms: z.number() }),
)

/** The seconds of the last minutes in which something happened, oldest first, and those that are new or different. */
export type Chart = { all: Point[]; changed: Point[] }

type Row = z.infer<typeof timeline>[number]
/** `point` is kept until there is more to tell of that second. */
type Second = { placed: number; paid: number; latenciesMs: number[]; point?: Point }

/** Draws the last minutes from the orders' timelines, each row of which it reads once. */
export function createChart() {
  const seconds = new Map<number, Second>()
  let seen: number | null = null
  let drawnAt = 0
  return {
    /** The entry after which to read on; null where it is to begin anew. */
    readsAfter: (now: number): number | null => {
      if (now - drawnAt > STALE_MS) {
        seen = null
        seconds.clear()
      }
      return seen
    },
    note: (rows: Row[]): void => {
      for (const row of rows) note(row, seconds)
      seen = rows.at(-1)?.seq ?? seen
    },
    draw: (now: number): Chart => {
      drawnAt = now
      const first = Math.floor(now / 1_000) - SHOWN_S
      for (const t of seconds.keys()) if (t < first) seconds.delete(t)
      const changed = [...seconds].filter(([, { point }]) => point === undefined).map(([t]) => t)
      const points = [...seconds].sort(([a], [b]) => a - b).map(([t, second]) => pointOf(t, second))
      return { all: points, changed: points.filter(({ t }) => changed.includes(t)) }
    },
  }
}

function note({ event, at, ms }: Row, seconds: Map<number, Second>): void {
  const t = Math.floor(at / 1_000)
  const second: Second = seconds.get(t) ?? { placed: 0, paid: 0, latenciesMs: [] }
  delete second.point
  seconds.set(t, second)
  if (event === 'payment.captured') {
    second.paid++
    second.latenciesMs.push(ms)
  } else second.placed++
}

function pointOf(t: number, second: Second): Point {
  second.point ??= summaryOf(t, second)
  return second.point
}

function summaryOf(t: number, { placed, paid, latenciesMs }: Second): Point {
  const sorted = Float64Array.from(latenciesMs).sort()
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? null
  return { t, placed, paid, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99) }
}
