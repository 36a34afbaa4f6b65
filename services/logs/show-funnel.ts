import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { exits, type FunnelAnswer, funnelAnswer, type Step, steps } from './funnel-answer.ts'
import { isoOf } from './kept-line.ts'
import type { Progress } from './progress.ts'
import { MINUTE_MS } from './rollups.ts'
import { noteTime, type Times, toldOf } from './times.ts'
import { minutesOf, type Window, windowOf, windowQuery } from './windows.ts'

const TIMED_MAX = 5_000 // orders whose times are looked at

type Counted = Record<`${Step}At` | `${(typeof exits)[number]}At`, number>
type Minute = { minute: number } & Record<Step, number>

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
  const counted = await countIn(read, window)
  const times = await timesIn(read, window)
  const minutes = new Map((await minutesIn(read, window)).map(({ minute, ...counts }) => [minute, counts]))
  const of = (count: number) => ({ count, share: counted.placedAt === 0 ? 0 : round(count / counted.placedAt) })
  const took = (step: Step) => {
    const told = toldOf(times[step])
    return { p50Ms: told?.p50 ?? null, p95Ms: told?.p95 ?? null }
  }
  return {
    ...{ since: isoOf(window.since), until: isoOf(window.until) },
    steps: steps.map((step) => ({ step, ...of(counted[`${step}At`]), ...took(step) })),
    exits: exits.map((exit) => ({ exit, ...of(counted[`${exit}At`]) })),
    perMinute: minutesOf(window).map((at) => ({ at: isoOf(at), ...(minutes.get(at) ?? NOBODY) })),
  }
}

const NOBODY: Record<Step, number> = { placed: 0, reserved: 0, paid: 0, mailed: 0 }
const NOTHING: Counted = {
  ...{ placedAt: 0, reservedAt: 0, paidAt: 0, mailedAt: 0 },
  ...{ rejectedAt: 0, declinedAt: 0, expiredAt: 0, cancelledAt: 0, refundedAt: 0 },
}
const round = (share: number) => Math.round(10_000 * share) / 10_000

async function countIn(read: Client, { since, until }: Window): Promise<Counted> {
  const [counted] = await read.$queryRaw<Counted[]>`
    SELECT COUNT("placedAt") AS "placedAt", COUNT("reservedAt") AS "reservedAt", COUNT("paidAt") AS "paidAt",
      COUNT("mailedAt") AS "mailedAt", COUNT("rejectedAt") AS "rejectedAt", COUNT("declinedAt") AS "declinedAt",
      COUNT("expiredAt") AS "expiredAt", COUNT("cancelledAt") AS "cancelledAt", COUNT("refundedAt") AS "refundedAt"
    FROM "Progress" WHERE at >= ${since} AND at <= ${until} AND "placedAt" IS NOT NULL`
  return counted ?? NOTHING
}

function minutesIn(read: Client, { since, until }: Window): PromiseLike<Minute[]> {
  return read.$queryRaw<Minute[]>`
    SELECT at - at % ${MINUTE_MS} AS minute, COUNT("placedAt") AS placed, COUNT("reservedAt") AS reserved,
      COUNT("paidAt") AS paid, COUNT("mailedAt") AS mailed
    FROM "Progress" WHERE at >= ${since} AND at <= ${until} AND "placedAt" IS NOT NULL GROUP BY 1`
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
