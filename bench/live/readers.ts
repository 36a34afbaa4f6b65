import { setTimeout as delay } from 'node:timers/promises'
import { connectionsMax } from '../open-files.ts'
import { serve } from '../serve.ts'
import { percentile } from '../stats.ts'
import { Reader } from './reader.ts'

/** So many read the stream at `url`. */
export type Crowd = { url: string; count: number }
/** Of all of them, when the last note said was `last`. */
export type CrowdFigures = { p50Ms: number; p99Ms: number; maxMs: number; missed: number; doubled: number }

const AT_ONCE = 200 // streams being opened
const BACK_LIMIT_MS = 60_000
const LOOK_EVERY_MS = 20

// Readers in a process of their own, each with a connection.
const readers: Reader[] = []
const tookMs: number[] = []
let streams = 0
const hearing = {
  opened: () => void streams++,
  ended: () => void streams--,
  took: (ms: number) => void tookMs.push(ms),
}

serve({ open, away, back, figures }, async () => {
  for (const reader of readers) reader.close()
})

/** Opens so many streams, or as many as one process may have open; resolves with how many. */
async function open({ url, count }: Crowd): Promise<number> {
  const wanted = Math.min(count, connectionsMax())
  while (readers.length < wanted) {
    const slice = Array.from({ length: Math.min(AT_ONCE, wanted - readers.length) }, () => new Reader(url, hearing))
    await Promise.all(slice.map((reader) => reader.open()))
    readers.push(...slice)
  }
  return wanted
}

/** Resolves when none has a stream any more. */
async function away(): Promise<void> {
  await until(() => streams === 0)
}

/** Resolves with the moment (ms since 1970) at which all have one again. */
async function back(): Promise<number> {
  await until(() => streams === readers.length)
  return Date.now()
}

async function figures(last: number): Promise<CrowdFigures> {
  const tallies = readers.map(({ tally }) => tally)
  for (const tally of tallies) tally.end(last)
  const sum = (of: 'missed' | 'doubled') => tallies.reduce((total, tally) => total + tally[of], 0)
  const [p50Ms, p99Ms, maxMs] = [0.5, 0.99, 1].map((share) => percentile(tookMs, share))
  return {
    ...{ p50Ms: p50Ms ?? Number.NaN, p99Ms: p99Ms ?? Number.NaN, maxMs: maxMs ?? Number.NaN },
    ...{ missed: sum('missed'), doubled: sum('doubled') },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const untilMs = performance.now() + BACK_LIMIT_MS; !isSo(); await delay(LOOK_EVERY_MS))
    if (performance.now() > untilMs) throw new Error(`${streams} of ${readers.length} streams are open`)
}
