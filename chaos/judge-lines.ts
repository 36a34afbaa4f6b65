import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { Unusable } from '../audit/unusable.ts'
import type { Books } from './books.ts'
import { rowsOf } from './work-left.ts'
import { BESIDE, type LineReceipts } from './write-lines.ts'

const LOOK_EVERY_MS = 250
const STALLED_MS = 15_000 // what is not kept by then is not there any more

/** What became of the lines beside the shop, counted from the store itself. `tookMs`: from the last line to rest. */
export type LinesKept = {
  kept: number
  lost: number
  doubled: number
  mixed: number
  gaps: number
  tookMs: number
  isAll: boolean
}

/** Waits until logs says that it has kept as many as were written; gives up after `limitMs`, or when it keeps no more. Returns how long it took, in ms. */
export async function awaitLines(
  told: LineReceipts,
  books: Pick<Books, 'linesKept'>,
  limitMs: number,
  signal: AbortSignal,
): Promise<{ tookMs: number; isAll: boolean }> {
  const startMs = performance.now()
  let [last, lastMs] = [-1, startMs]
  for (;;) {
    const now = performance.now()
    const counted = await books.linesKept()
    if (counted !== last) [last, lastMs] = [counted, now]
    const [isAll, tookMs] = [counted >= told.written, Math.round(now - startMs)]
    if (isAll || now - lastMs > STALLED_MS || tookMs > limitMs || signal.aborted) return { tookMs, isAll }
    await delay(LOOK_EVERY_MS)
  }
}

const count = z.object({ count: z.int().nullable() })

/** By the file of logs. */
export function linesKeptIn(dataDir: string): number {
  try {
    const [row] = rowsOf(dataDir, 'logs', count, `SELECT SUM(lines) AS count FROM "Run" WHERE service = '${BESIDE}'`)
    return row?.count ?? 0
  } catch (error) {
    if (error instanceof Unusable) return 0 // it died and is just putting the file in order
    throw error
  }
}

const kept = z.object({ run: z.string(), lines: z.int(), numbers: z.int() })

/** Counts by run and number. Of the shop, which is closed, nothing but the rows of the lines is believed. */
export function countLines(told: LineReceipts, dataDir: string) {
  const found = new Map(rowsOf(dataDir, 'logs', kept, KEPT).map((row) => [row.run, row]))
  const [gaps] = rowsOf(dataDir, 'logs', count, GAPS)
  const [mixed] = rowsOf(dataDir, 'logs', count, MIXED)
  const sum = { kept: 0, lost: 0, doubled: 0, mixed: mixed?.count ?? 0, gaps: gaps?.count ?? 0 }
  for (const [run, last] of told.runs) {
    const { lines, numbers } = found.get(run) ?? { lines: 0, numbers: 0 }
    sum.kept += lines
    sum.lost += last - numbers
    sum.doubled += lines - numbers
    found.delete(run)
  }
  for (const { lines } of found.values()) sum.doubled += lines // of a program that there was not
  return sum
}

const KEPT = `
  SELECT run, COUNT(*) AS lines, COUNT(DISTINCT n) AS numbers
  FROM "Line" WHERE service = '${BESIDE}' AND run NOT LIKE '~%' GROUP BY run`
const GAPS = `SELECT COUNT(*) AS count FROM "Gap" WHERE file LIKE '%${BESIDE}-%'`
const MIXED = `
  SELECT COUNT(*) AS count FROM "Line" WHERE service = '${BESIDE}' AND (
    text->>'$.run' IS NOT run OR text->>'$.n' IS NOT n OR text->>'$.check' IS NOT (n * 7919) % 1000003)`

/** What is wrong with them: a line that is not kept, though its file was, or is kept twice, or is another than was written. */
export function brokenLines({ lost, doubled, mixed, gaps, isAll }: LinesKept): string[] {
  return [
    ...(!isAll && lost === 0 ? ['logs has not said within its time that all lines are kept'] : []),
    ...(lost > 0 ? [`${lost} lines were lost ${gaps === 0 ? 'without a word' : `and ${gaps} gaps told`}`] : []),
    ...(doubled > 0 ? [`${doubled} lines are kept twice`] : []),
    ...(mixed > 0 ? [`${mixed} lines are not as they were written`] : []),
  ]
}
