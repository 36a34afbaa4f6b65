import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { isUnknown } from './known-orders.ts'
import type { LogBook } from './log-book.ts'
import { countIn, holesIn, joined, type Range, without } from './numbers.ts'

/** Is every line that was written down kept, once, or known to be gone; and do the lines tell of the orders that there are? */
export function* checkLogs(books: Books, allowedUnwritten: number): Findings {
  const { logs } = books
  if (logs === null) return
  for (const { run, n, copies } of logs.twice) yield finding('doubledLine', run, `number ${n}: ${copies} copies`)
  yield* findLost(logs)
  yield* findMiscounted(logs)
  for (const { name, detail } of logs.archiveDoubts) yield finding('wrongArchive', name, detail)
  yield* findUnlikeBooks(books, logs, allowedUnwritten)
}

/**
 * What stands in a file that is said to be read must be kept. What stands in none any more may have been gone before it was read,
 * if that is told; or was never written down, if a program has said that it could not.
 */
function* findLost(book: LogBook): Findings {
  const { kept, read, underWay } = book
  for (const run of new Set([...kept.keys(), ...read.runs.keys()])) {
    const there = read.runs.get(run) ?? []
    const known = joined([...(kept.get(run) ?? []), ...(underWay.runs.get(run) ?? [])])
    for (const range of without(there, known))
      yield finding('lostLine', run, `${named(range)} in its file, and not kept`)
    if (isExplained(run, book)) continue
    for (const range of holesIn([...known, ...there]))
      if (!book.hasForgotten || range.from > 1)
        yield finding('lostLine', run, `${named(range)}, and nobody has told that it is gone`)
  }
}

const CLOCKS_MS = 3 * 3_600_000 // those of two programs may differ by so much, where they are stepped
const BEHIND_MS = 24 * 3_600_000 // lines may have waited to be read for so long

/** Whether while this program ran, or soon after, lines are told to be gone, or to have not been written. */
function isExplained(run: string, { runs, gaps, unwritable }: LogBook): boolean {
  const { beganAt = 0, lastAt = Number.POSITIVE_INFINITY } = runs.get(run) ?? {}
  return unwritable > 0 || gaps.some((at) => at > beganAt - CLOCKS_MS && at < lastAt + BEHIND_MS)
}

/** What logs says that it keeps of each start of a program. */
function* findMiscounted({ runs, kept, hasForgotten }: LogBook): Findings {
  for (const { run, lines, last } of runs.values()) {
    const ranges = kept.get(run) ?? []
    const [count, greatest] = [countIn(ranges), ranges.at(-1)?.to ?? 0]
    const isForgotten = hasForgotten && count < lines && greatest <= last
    if (!isForgotten && (count !== lines || greatest !== last))
      yield finding(
        'lostLine',
        run,
        `${lines} are said to be kept, up to ${last}: there are ${count}, up to ${greatest}`,
      )
  }
}

const named = ({ from, to }: Range) => (from === to ? `number ${from}` : `numbers ${from} to ${to}`)

/** From the first order on that a line tells of, each has a line, unless its program died before it could say so. */
function* findUnlikeBooks(books: Books, { placed, gaps, unwritable }: LogBook, allowed: number): Findings {
  for (const id of placed)
    if (isUnknown(books, id)) yield finding('unlikeBooks', id, 'a line tells of it, and it does not exist')
  if (!books.isSaidToRest || gaps.length > 0 || unwritable > 0) return
  const own = [...books.order.orders.values()].filter(({ sale }) => sale === null)
  const first = own.findIndex(({ id }) => placed.has(id))
  const unwritten = own.slice(first === -1 ? own.length : first).filter(({ id }) => !placed.has(id))
  if (unwritten.length <= allowed) return
  for (const { id } of unwritten) yield finding('unlikeBooks', id, 'no line tells of it')
}
