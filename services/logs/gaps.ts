import type { Message } from '../../shared/events.ts'
import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/**
 * Lines that were gone before they could be read: bytes `from` to `to` of a file, as far as that is known. Where only their
 * numbers tell (see `holes.ts`), `id` and `inode` are the run, and `file` its service.
 */
export type Gap = { id: string; at: number; file: string; inode: string; from: number; to: number; reason: string }

export const gapColumns: Columns<Gap> = ['id', 'at', 'file', 'inode', 'from', 'to', 'reason']

/** Notes what batches say was missing before them. Returns it. */
export async function noteGaps(tx: Client, messages: Message<'log.collected'>[]): Promise<Gap[]> {
  const gaps = messages.flatMap(gapIn)
  if (gaps.length > 0) await tx.$executeRaw`${insert('Gap', gapColumns, gaps)} ON CONFLICT DO NOTHING`
  return gaps
}

function gapIn({ id, at, data }: Message<'log.collected'>): Gap[] {
  const { file, inode, from, to, gap: reason } = data
  return reason === undefined ? [] : [{ id, at, file, inode, from, to, reason }]
}
