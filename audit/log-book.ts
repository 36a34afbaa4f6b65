import { join } from 'node:path'
import { z } from 'zod'
import { type ArchiveDoubt, archivesIn, readArchives } from './archives.ts'
import { readBeside } from './book-files.ts'
import { readingsIn, readLogFiles } from './log-files.ts'
import { LineReader, type Written } from './log-lines.ts'
import { joined, type Range } from './numbers.ts'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const island = z.object({ run: z.string(), from: z.int(), to: z.int() })
const twice = z.object({ run: z.string(), n: z.int(), copies: z.int() })
const run = z.object({ run: z.string(), last: z.int(), lines: z.int(), beganAt: z.number(), lastAt: z.number() })
const gap = z.object({ at: z.number() })
const placed = z.object({ subject: z.string() })
const parcel = z.object({ lines: z.string() })
const first = z.object({ hour: z.int().nullable() })
const counted = z.object({ count: z.int() })

export type Run = z.infer<typeof run>

/** What logs has kept, and what stands in the files and the archive. */
export type LogBook = {
  /** Which numbers of each start of a program are kept, in the store or in the archive; and what logs itself says of them. */
  kept: Map<string, Range[]>
  runs: Map<string, Run>
  twice: z.infer<typeof twice>[]
  /** When lines were found to be gone before they could be read (ms). */
  gaps: number[]
  /** The oldest lines are neither in the store nor in the archive any more: they were kept for long enough. */
  hasForgotten: boolean
  /** How often a program has said that for a while it could not write its lines down. */
  unwritable: number
  /** Of the files that still exist: what is said to be read of them, and what comes after it. */
  read: Written
  ahead: Written
  /** In messages that logs still answers for. */
  underWay: Written
  archiveDoubts: ArchiveDoubt[]
  /** Orders that a line says were placed. */
  placed: Set<string>
  post: Post
}

/** Reads the file of logs and, after it, the files that it reads and has written, below `dataDir`; null where there is none. */
export function readLogBook(dataDir: string): LogBook | null {
  const found = readBeside(dataDir, 'logs', (file) => ({
    store: readStore(file),
    archives: archivesIn(file),
    readings: readingsIn(file),
  }))
  if (found === null) return null
  const { store, archives, readings } = found
  const folder = join(dataDir, 'logs')
  const { written, doubts } = readArchives(join(folder, 'archive'), archives)
  const { read, ahead } = readLogFiles(folder, readings)
  for (const [name, ranges] of written.runs) store.kept.set(name, joined([...(store.kept.get(name) ?? []), ...ranges]))
  const placed = [store.placed, written.placed, ahead.placed, store.underWay.placed].flatMap((orders) => [...orders])
  return { ...store, read, ahead, archiveDoubts: doubts, placed: new Set(placed) }
}

function readStore(file: SqliteFile) {
  const kept = new Map<string, Range[]>()
  for (const { run, ...range } of file.rows(island, ISLANDS)) {
    const ranges = kept.get(run)
    if (ranges === undefined) kept.set(run, [range])
    else ranges.push(range)
  }
  const [oldest] = file.rows(first, OLDEST)
  const [unwritable] = file.rows(counted, UNWRITABLE)
  return {
    kept,
    runs: new Map([...file.rows(run, RUNS)].map((one) => [one.run, one])),
    twice: [...file.rows(twice, TWICE)],
    gaps: [...file.rows(gap, GAPS)].map(({ at }) => at),
    hasForgotten: (oldest?.hour ?? 1) > 1,
    unwritable: unwritable?.count ?? 0,
    underWay: readParcels(file),
    placed: new Set([...file.rows(placed, PLACED)].map(({ subject }) => subject)),
    post: readPost(file),
  }
}

function readParcels(file: SqliteFile): Written {
  const reader = new LineReader()
  for (const { lines } of file.rows(parcel, PARCELS)) reader.take(Buffer.from(`${lines}\n`))
  return reader.read()
}

// What has no number stands under the file that it came from, which begins like this.
const NUMBERED = `run NOT LIKE '~%'`
const ISLANDS = `
  SELECT run, MIN(n) AS "from", MAX(n) AS "to" FROM (
    SELECT run, n, n - DENSE_RANK() OVER (PARTITION BY run ORDER BY n) AS island FROM "Line" WHERE ${NUMBERED})
  GROUP BY run, island`
const TWICE = `SELECT run, n, COUNT(*) AS copies FROM "Line" GROUP BY run, n HAVING COUNT(*) > 1 LIMIT 1000`
const RUNS = `SELECT run, last, lines, beganAt, lastAt FROM "Run"`
// What logs says for no other reason than that numbers are missing explains nothing: it may have lost them itself.
const GAPS = `SELECT at FROM "Gap" WHERE id NOT IN (SELECT run FROM "Run")`
const OLDEST = `SELECT MIN(hour) AS hour FROM (SELECT hour FROM "Archive" UNION ALL SELECT id FROM "Hour")`
const UNWRITABLE = `SELECT COUNT(*) AS count FROM "Line" WHERE msg = 'log.writable' AND level >= 30`
const PARCELS = `
  SELECT data->>'$.lines' AS lines FROM "Event" JOIN "Outbox" ON event = seq WHERE name = 'log.collected'`
const PLACED = `SELECT subject FROM "Line" WHERE msg = 'order.placed' AND service = 'order' AND subject IS NOT NULL`
