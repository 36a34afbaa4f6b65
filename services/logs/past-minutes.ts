import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from './db.ts'
import { MINUTE_MS } from './rollups.ts'
import type { Basis } from './summary-answer.ts'

const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DAYS = 7
const AROUND_MS = HOUR_MS / 2
const ENOUGH = 50 // minutes of days before; else the last hours have to do
const LATELY_MS = 3 * HOUR_MS
const JUST_NOW_MS = 10 * MINUTE_MS // what begins slowly is not to become usual meanwhile

/** How often each kind of line was told in one minute, by `kindOf` its service and words; `warnings` are those of level 40 and above. */
export type Minute = { counts: Map<string, number>; warnings: Set<string> }
export type Past = { basis: Basis; minutes: Minute[] }

export const nameOf = (service: string, msg: string) => `${service} ${msg}`

/** What a minute is compared with: those around the same time on the days before, or, while they are few, the last ones. */
export async function pastOf(read: Client, minute: number): Promise<Past> {
  const before: Minute[] = []
  for (let day = 1; day <= DAYS; day++) {
    const at = minute - day * DAY_MS
    before.push(...(await minutesBetween(read, at - AROUND_MS, at + AROUND_MS)).values())
  }
  if (before.length >= ENOUGH) return { basis: 'hour', minutes: before }
  const lately = await minutesBetween(read, minute - LATELY_MS, minute - JUST_NOW_MS)
  return { basis: 'lately', minutes: [...lately.values()] }
}

/** Minutes in which anything was told at all: while nobody was there nothing is usual. A slice for each hour or so. */
export async function minutesBetween(read: Client, since: number, until: number): Promise<Map<number, Minute>> {
  const minutes = new Map<number, Minute>()
  for (let from = since; from < until; from += HOUR_MS) {
    await nextTurn()
    for (const row of await countsBetween(read, from, Math.min(until, from + HOUR_MS))) note(minutes, row)
  }
  return minutes
}

type Row = { minute: number; service: string; msg: string; level: number; count: number }

function countsBetween(read: Client, since: number, until: number): PromiseLike<Row[]> {
  return read.$queryRaw<Row[]>`
    SELECT minute, service, msg, level, count FROM "Rollup" WHERE minute >= ${since} AND minute < ${until}`
}

const WARNING = 40

function note(minutes: Map<number, Minute>, { minute, service, msg, level, count }: Row): void {
  const known = minutes.get(minute) ?? { counts: new Map(), warnings: new Set() }
  const name = nameOf(service, msg)
  known.counts.set(name, (known.counts.get(name) ?? 0) + count)
  if (level >= WARNING) known.warnings.add(name)
  minutes.set(minute, known)
}
