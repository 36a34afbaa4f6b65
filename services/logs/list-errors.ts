import { names } from '../../shared/store/sql.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type ErrorsAnswer, errorsAnswer } from './errors-answer.ts'
import { isoOf } from './kept-line.ts'
import { type Window, windowOf, windowQuery } from './windows.ts'

const TOLD_MAX = 100
const columns = ['fingerprint', 'service', 'msg', 'words', 'place', 'firstAt', 'lastAt', 'sample', 'count'] as const

type Row = {
  fingerprint: string
  service: string
  msg: string
  words: string
  place: string | null
  firstAt: number
  lastAt: number
  sample: string
  count: number
}

/** `GET /api/admin/logs/errors`: what goes wrong, each kind once. */
export function listErrors(read: Client, now = Date.now): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/errors',
    what: 'List what goes wrong, each kind once, the most frequent first',
    isAdmin: true,
    query: windowQuery,
    answer: { status: 200, what: 'The kinds of errors', schema: errorsAnswer },
    problems: [],
    serve: async (req, res) => {
      const window = windowOf(parseBody(windowQuery, req.query).minutes, now())
      const rows = await topOf(read, window)
      const errors = rows.map((row) => ({ ...row, firstAt: isoOf(row.firstAt), lastAt: isoOf(row.lastAt) }))
      const told = {
        since: isoOf(window.since),
        until: isoOf(window.until),
        errors,
        total: await totalOf(read, window),
      }
      res.json(told satisfies ErrorsAnswer)
    },
  }
}

function topOf(read: Client, { since, until }: Window): PromiseLike<Row[]> {
  return read.$queryRaw<Row[]>`
    SELECT ${names(columns)} FROM (
      SELECT fingerprint AS kind, SUM(count) AS count FROM "ErrorCount"
      WHERE minute >= ${since} AND minute <= ${until} GROUP BY fingerprint ORDER BY 2 DESC LIMIT ${TOLD_MAX}) AS counted
    JOIN "ErrorKind" ON fingerprint = kind ORDER BY count DESC, "lastAt" DESC`
}

async function totalOf(read: Client, { since, until }: Window): Promise<number> {
  const [row] = await read.$queryRaw<{ count: number }[]>`
    SELECT COALESCE(SUM(count), 0) AS count FROM "ErrorCount" WHERE minute >= ${since} AND minute <= ${until}`
  return Number(row?.count ?? 0)
}
