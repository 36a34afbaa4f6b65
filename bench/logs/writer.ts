import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { serve } from '../serve.ts'
import { lineOf } from './lines.ts'

/** So many lines at the end of a file, numbered from `from` as those of `run`. */
export type Lines = { file: string; run: string; from: number; count: number }

const AT_ONCE = 5_000
const TICK_MS = 20

// A program that writes a log, in a process of its own.
serve({ burst, steadily, begin, end }, async () => {})

/** As fast as it can. */
async function burst({ file, run, from, count }: Lines): Promise<void> {
  for (let n = 0; n < count; n += AT_ONCE) append(file, run, from + n, Math.min(AT_ONCE, count - n))
}

/** So many a second. Resolves when the last one is written. */
async function steadily({ perSecond, file, run, from, count }: Lines & { perSecond: number }): Promise<void> {
  const sinceMs = performance.now()
  for (let n = 0; n < count; await delay(TICK_MS)) {
    const due = Math.min(count, Math.floor(((performance.now() - sinceMs) / 1_000) * perSecond))
    append(file, run, from + n, due - n)
    n = due
  }
}

let unending: Promise<number> | undefined
let isEnding = false

/** So many a second, until `end`. */
async function begin(lines: Omit<Lines, 'count'> & { perSecond: number }): Promise<void> {
  unending = untilTold(lines)
}

/** Resolves with how many lines `begin` has written. */
async function end(): Promise<number> {
  isEnding = true
  return (await unending) ?? 0
}

async function untilTold({ perSecond, file, run, from }: Parameters<typeof begin>[0]): Promise<number> {
  const sinceMs = performance.now()
  let n = 0
  for (; !isEnding; await delay(TICK_MS)) {
    const due = Math.floor(((performance.now() - sinceMs) / 1_000) * perSecond)
    append(file, run, from + n, due - n)
    n = due
  }
  return n
}

function append(file: string, run: string, from: number, count: number): void {
  const at = Date.now()
  if (count > 0) appendFileSync(file, Array.from({ length: count }, (_, i) => lineOf(run, from + i, at)).join(''))
}
