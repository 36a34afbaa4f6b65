import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Line, ParsedLine } from './line.ts'
import { newestSeq } from './newest-line.ts'

const columns: Columns<Line> = ['run', 'n', 'at', 'level', 'service', 'msg', 'subject', 'order', 'text']

/** Lines that were not kept before, and the `seq` after which they stand. */
export type Fresh = { lines: ParsedLine[]; after: number }

/** Keeps lines in their order, but for those that are kept already. Returns the others. */
export async function insertLines(tx: Client, lines: ParsedLine[]): Promise<Fresh> {
  if (lines.length === 0) return { lines: [], after: 0 }
  const after = await newestSeq(tx)
  const count = await tx.$executeRaw`${insert('Line', columns, lines)} ON CONFLICT DO NOTHING`
  return { lines: count === lines.length ? lines : await freshAmong(tx, lines, after), after }
}

/** Seldom: a file was copied, or read once more from its beginning. */
async function freshAmong(tx: Client, lines: ParsedLine[], after: number): Promise<ParsedLine[]> {
  const rows = await tx.$queryRaw<{ run: string; n: number }[]>`SELECT run, n FROM "Line" WHERE seq > ${after}`
  const kept = new Set(rows.map(keyOf))
  return lines.filter((line) => kept.delete(keyOf(line)))
}

const keyOf = ({ run, n }: { run: string; n: number }) => `${run} ${n}`
