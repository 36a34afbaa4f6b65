import type { Endpoint } from '../../shared/web/endpoint.ts'
import { type ArchiveAnswer, archiveAnswer } from './archive-answer.ts'
import type { Client } from './db.ts'

const TOLD_MAX = 100

type Row = Omit<ArchiveAnswer['hours'][number], 'rawBytes' | 'bytes'> & {
  rawBytes: bigint | number
  bytes: bigint | number
}

/** `GET /api/admin/logs/archive`: the hours that are put away, which their lines outlive by weeks. */
export function listArchive(read: Client): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/archive',
    what: 'List the archive: a file for each hour, or for a part of a busy one',
    isAdmin: true,
    answer: { status: 200, what: 'The newest hours', schema: archiveAnswer },
    problems: [],
    serve: async (_req, res) => {
      const [hours, sum] = await Promise.all([newestOf(read), sumOf(read)])
      res.json({ ...sum, hours } satisfies ArchiveAnswer)
    },
  }
}

async function newestOf(read: Client): Promise<ArchiveAnswer['hours']> {
  const rows = await read.$queryRaw<Row[]>`
    SELECT name, lines, "rawBytes", bytes, sha256 FROM "Archive" ORDER BY hour DESC LIMIT ${TOLD_MAX}`
  return rows.map((row) => ({ ...row, rawBytes: Number(row.rawBytes), bytes: Number(row.bytes) }))
}

async function sumOf(read: Client): Promise<Pick<ArchiveAnswer, 'total' | 'bytes'>> {
  const [row] = await read.$queryRaw<{ total: number; bytes: number }[]>`
    SELECT COUNT(*) AS total, COALESCE(SUM(bytes), 0) AS bytes FROM "Archive"`
  return { total: Number(row?.total ?? 0), bytes: Number(row?.bytes ?? 0) }
}
