import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from './db.ts'
import { isoOf } from './kept-line.ts'
import { MINUTE_MS, type Rollup } from './rollups.ts'
import type { SummaryAnswer } from './summary-answer.ts'
import { addTimes, type Times, timesIn, toldOf } from './times.ts'
import { minutesOf, type Window } from './windows.ts'

const FACTS_MAX = 200
const SLICE_MS = 10 * MINUTE_MS // of rollups in one turn of the event loop
const WARNING = 40
const ERROR = 50

type Counts = { lines: number; warnings: number; errors: number }
type Fact = Pick<Rollup, 'service' | 'msg' | 'level'> & { count: number; times: Times }
type Sums = { all: Counts; minutes: Map<number, Counts>; services: Map<string, Counts>; facts: Map<string, Fact> }

/** Adds up what was counted in a window. */
export async function sumUp(read: Client, window: Window) {
  const sums: Sums = { all: nothing(), minutes: new Map(), services: new Map(), facts: new Map() }
  for (let from = window.since; from <= window.until; from += SLICE_MS) {
    await nextTurn()
    for (const row of await rollupsBetween(read, from, from + SLICE_MS)) if (row.minute <= window.until) add(sums, row)
  }
  return toldSums(sums, window)
}

function rollupsBetween(read: Client, since: number, until: number): PromiseLike<Rollup[]> {
  return read.$queryRaw<Rollup[]>`
    SELECT minute, service, msg, level, count, times FROM "Rollup" WHERE minute >= ${since} AND minute < ${until}`
}

function add({ all, minutes, services, facts }: Sums, { minute, service, msg, level, count, times }: Rollup): void {
  addCount(all, level, count)
  addCount(countsIn(minutes, minute), level, count)
  addCount(countsIn(services, service), level, count)
  const name = `${level} ${service} ${msg}`
  const fact = facts.get(name) ?? { service, msg, level, count: 0, times: new Map() }
  fact.count += count
  if (times !== null) addTimes(fact.times, timesIn(times))
  facts.set(name, fact)
}

function countsIn<Key>(all: Map<Key, Counts>, key: Key): Counts {
  const known = all.get(key) ?? nothing()
  all.set(key, known)
  return known
}

function addCount(counts: Counts, level: number, count: number): void {
  counts.lines += count
  if (level >= ERROR) counts.errors += count
  else if (level >= WARNING) counts.warnings += count
}

const nothing = (): Counts => ({ lines: 0, warnings: 0, errors: 0 })

function toldSums({ all, minutes, services, facts }: Sums, window: Window) {
  const perMinute = minutesOf(window).map((at) => ({ at: isoOf(at), ...(minutes.get(at) ?? nothing()) }))
  const byService = [...services].map(([service, counts]) => ({ service, ...counts }))
  const byCount = [...facts.values()].sort((a, b) => b.count - a.count).slice(0, FACTS_MAX)
  return {
    ...{ ...all, perMinute, services: byService.sort((a, b) => b.lines - a.lines) },
    facts: byCount.map(({ times, ...fact }) => ({ ...fact, ms: toldOf(times) })),
  } satisfies Partial<SummaryAnswer>
}
