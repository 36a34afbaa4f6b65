import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type Exit, exits, type FunnelAnswer, funnelAnswer, type Step, steps } from './funnel-answer.ts'
import { isoOf } from './kept-line.ts'
import type { Progress } from './progress.ts'
import { MINUTE_MS } from './rollups.ts'
import { noteTime, type Times, toldOf } from './times.ts'
import { minutesOf, type Window, windowOf, windowQuery } from './windows.ts'

const TIMED_MAX = 5_000 // orders whose times are looked at
const SLICE_MS = 5 * MINUTE_MS

type Passed = `${Step | Exit}At`
/** How many orders of a minute (ms) have come how far. */
type Minute = { minute: number } & Record<Passed, number>

/** `GET /api/admin/logs/funnel`: how far the orders have come that were placed lately. */
export function showFunnel(read: Client, now = Date.now): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/funnel',
    what: 'Show how far the orders of the last minutes have come, how long that took, and where they left the way',
    isAdmin: true,
    query: windowQuery,
    answer: { status: 200, what: 'The funnel', schema: funnelAnswer },
    problems: [],
    serve: async (req, res) => {
      const window = windowOf(parseBody(windowQuery, req.query).minutes, now())
      res.json((await funnelOf(read, window)) satisfies FunnelAnswer)
    },
  }
}

async function funnelOf(read: Client, window: Window): Promise<FunnelAnswer> {
  const minutes = await minutesIn(read, window)
  const times = await timesIn(read, window)
  const total = (passed: Passed) => minutes.reduce((sum, minute) => sum + minute[passed], 0)
  const placed = total('placedAt')
  const of = (count: number) => ({ count, share: placed === 0 ? 0 : round(count / placed) })
  const took = (step: Step) => {
    const told = toldOf(times[step])
    return { p50Ms: told?.p50 ?? null, p95Ms: told?.p95 ?? null }
  }
  return {
    ...{ since: isoOf(window.since), until: isoOf(window.until) },
    steps: steps.map((step) => ({ step, ...of(total(`${step}At`)), ...took(step) })),
    exits: exits.map((exit) => ({ exit, ...of(total(`${exit}At`)) })),
    perMinute: everyMinute(window, minutes),
  }
}

const round = (share: number) => Math.round(10_000 * share) / 10_000

function everyMinute(window: Window, minutes: Minute[]): FunnelAnswer['perMinute'] {
  const known = new Map(minutes.map((one) => [one.minute, one]))
  return minutesOf(window).map((minute) => {
    const {
      placedAt: placed = 0,
      reservedAt: reserved = 0,
      paidAt: paid = 0,
      mailedAt: mailed = 0,
    } = known.get(minute) ?? {}
    return { at: isoOf(minute), placed, reserved, paid, mailed }
  })
}

/** What became of the orders of each minute; a few minutes in one turn of the event loop. */
async function minutesIn(read: Client, { since, until }: Window): Promise<Minute[]> {
  const minutes: Minute[] = []
  for (let from = since; from <= until; from += SLICE_MS) {
    await nextTurn()
    minutes.push(...(await countBetween(read, from, Math.min(from + SLICE_MS, until + 1))))
  }
  return minutes
}

function countBetween(read: Client, since: number, until: number): PromiseLike<Minute[]> {
  return read.$queryRaw<Minute[]>`
    SELECT at - at % ${MINUTE_MS} AS minute, COUNT("placedAt") AS "placedAt", COUNT("reservedAt") AS "reservedAt",
      COUNT("paidAt") AS "paidAt", COUNT("mailedAt") AS "mailedAt", COUNT("rejectedAt") AS "rejectedAt",
      COUNT("declinedAt") AS "declinedAt", COUNT("expiredAt") AS "expiredAt", COUNT("cancelledAt") AS "cancelledAt",
      COUNT("refundedAt") AS "refundedAt"
    FROM "Progress" WHERE at >= ${since} AND at < ${until} AND "placedAt" IS NOT NULL GROUP BY 1`
}

async function timesIn(read: Client, { since, until }: Window): Promise<Record<Step, Times>> {
  const rows = await read.$queryRaw<Progress[]>`
    SELECT "placedAt", "reservedAt", "paidAt", "mailedAt" FROM "Progress"
    WHERE at >= ${since} AND at <= ${until} AND "placedAt" IS NOT NULL ORDER BY at DESC LIMIT ${TIMED_MAX}`
  const times: Record<Step, Times> = { placed: new Map(), reserved: new Map(), paid: new Map(), mailed: new Map() }
  for (const row of rows)
    for (const step of steps) {
      const at = row[`${step}At`]
      if (step !== 'placed' && at !== null) noteTime(times[step], Math.max(0, at - (row.placedAt ?? at))) // clocks differ
    }
  return times
}
