import type { Client } from '../../order/db.ts'

const SHOWN_S = 180
const FIRST_ROWS_MAX = 20_000 // of the timeline, looked through when somebody begins to watch
const ROWS_MAX = 20_000 // per look

/** One second: when (s), orders placed, orders paid, and ms from placed to paid. */
export type Point = { t: number; placed: number; paid: number; p50Ms: number | null; p95Ms: number | null }

/** The seconds of the last minutes in which something happened, oldest first, and those that are new or different. */
export type Chart = { all: Point[]; changed: Point[] }

type Row = { seq: number; event: 'order.placed' | 'payment.captured'; at: number; ms: number }
/** `point` is kept until there is more to tell of that second. */
type Second = { placed: number; paid: number; latenciesMs: number[]; point?: Point }

/** Draws the last minutes from the orders' timelines, each row of which it reads once. */
export function createChart(read: Client): { draw(now: number): Promise<Chart> } {
  const seconds = new Map<number, Second>()
  let seen: number | null = null
  return {
    draw: async (now) => {
      const rows = await readSince(read, seen ?? (await startOf(read)))
      seen = rows.at(-1)?.seq ?? seen
      for (const row of rows) note(row, seconds)
      const first = Math.floor(now / 1_000) - SHOWN_S
      for (const t of seconds.keys()) if (t < first) seconds.delete(t)
      const changed = [...seconds].filter(([, { point }]) => point === undefined).map(([t]) => t)
      const points = [...seconds].sort(([a], [b]) => a - b).map(([t, second]) => pointOf(t, second))
      return { all: points, changed: points.filter(({ t }) => changed.includes(t)) }
    },
  }
}

async function startOf(read: Client): Promise<number> {
  const [row] = await read.$queryRaw<{ last: number }[]>`SELECT COALESCE(MAX(seq), 0) AS last FROM "TimelineEntry"`
  return Math.max(0, (row?.last ?? 0) - FIRST_ROWS_MAX)
}

async function readSince(read: Client, seq: number): Promise<Row[]> {
  return read.$queryRaw<Row[]>`
    SELECT entry.seq, entry.event, entry.at, entry.at - "Order"."placedAt" AS ms
    FROM "TimelineEntry" AS entry JOIN "Order" ON "Order".id = entry."orderId"
    WHERE entry.seq > ${seq} AND entry.event IN ('order.placed', 'payment.captured')
    ORDER BY entry.seq LIMIT ${ROWS_MAX}`
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
  return { t, placed, paid, p50Ms: quantile(0.5), p95Ms: quantile(0.95) }
}
