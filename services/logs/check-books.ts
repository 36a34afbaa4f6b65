import type { Language } from '../../shared/customer-events.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { languageOf } from '../../shared/web/language.ts'
import { readBooks } from './books.ts'
import { type ChecksAnswer, checksAnswer } from './checks-answer.ts'
import { compare } from './compare-books.ts'
import type { Client } from './db.ts'
import { isoOf } from './kept-line.ts'
import { newestAt } from './newest-line.ts'
import { MINUTE_MS } from './rollups.ts'
import { type Window, windowOf, windowQuery } from './windows.ts'

const UNDER_WAY_MS = 10_000 // a line of an order may still be on its way to us; how far we have come counts, too
const TOLD_MAX = 20

type Deps = { read: Client; ask: Ask; now?: () => number }
type Check = ChecksAnswer['checks'][number]

/** `GET /api/admin/logs/checks`: whether the log tells of the very orders that are in the books. */
export function checkBooks({ read, ask, now = Date.now }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/checks',
    what: 'Compare the log with the books: orders that a line says were placed, and orders that order has',
    isAdmin: true,
    query: windowQuery,
    answer: { status: 200, what: 'What differs', schema: checksAnswer },
    problems: [],
    serve: async (req, res) => {
      const { minutes } = parseBody(windowQuery, req.query)
      const window = windowOf(minutes, Math.min(now() - UNDER_WAY_MS, (await newestAt(read)) ?? 0))
      res.json((await check(read, ask, window, languageOf(req))) satisfies ChecksAnswer)
    },
  }
}

async function check(read: Client, ask: Ask, asked: Window, language: Language): Promise<ChecksAnswer> {
  const books = await readBooks(ask, { since: asked.since - MINUTE_MS, until: asked.until + MINUTE_MS })
  const since = books.isWhole ? asked.since : Math.min(asked.until, books.reachTo + MINUTE_MS)
  const { lines, rows, withoutLine, withoutRow } = await compare(read, books.placedAt, { since, until: asked.until })
  const found = { check: 'order.placed' as const, lines, rows, difference: lines - rows }
  const named = { withoutLine: withoutLine.slice(0, TOLD_MAX), withoutRow: withoutRow.slice(0, TOLD_MAX) }
  const words = says[language]({ lines, rows, without: [withoutLine.length, withoutRow.length] })
  const isSame = withoutLine.length + withoutRow.length === 0
  return { since: isoOf(since), until: isoOf(asked.until), isSame, checks: [{ ...found, ...named, words }] }
}

type Counts = Pick<Check, 'lines' | 'rows'> & { without: [line: number, row: number] }

const says: Record<Language, (counts: Counts) => string> = {
  en: ({ lines, rows, without: [line, row] }) =>
    line + row === 0
      ? `${rows === 1 ? '1 order' : `${rows} orders`} in the books, ${lines} in the log: the same`
      : `${rows === 1 ? '1 order' : `${rows} orders`} in the books, ${lines} in the log: ${line} without a line, ${row} without a row`,
  zh: ({ lines, rows, without: [line, row] }) =>
    line + row === 0
      ? `账上 ${rows} 笔订单，日志中 ${lines} 笔：完全一致`
      : `账上 ${rows} 笔订单，日志中 ${lines} 笔：${line} 笔没有日志，${row} 笔不在账上`,
}
