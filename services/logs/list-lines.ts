import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type Found, findLines, type Limits, type Wanted } from './find-lines.ts'
import { answerOf, isoOf } from './kept-line.ts'
import { type LinesAnswer, linesAnswer } from './lines-answer.ts'
import { time } from './windows.ts'

const BUDGET_MS = 1_000
const PAGE = 100
const PAGE_MAX = 1_000
const WORDS_MAX = 8

const query = z.object({
  subject: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('All about one thing: its id, or the number of an order.'),
  q: z.string().trim().max(200).default('').describe('Words, with blanks between, all of which are in the line.'),
  service: z.string().trim().min(1).max(64).optional(),
  level: z.coerce.number().int().min(0).max(100).default(0).describe('At least: 40 a warning, 50 an error.'),
  since: time.optional().describe('Written then or later.'),
  until: time.optional().describe('Written before.'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
  after: z.coerce.number().int().positive().optional().describe('`next` of the page before.'),
})

/** `GET /api/admin/logs`: lines, the newest first. */
export function listLines(read: Client): Endpoint {
  const inTurn = oneAtATime()
  return {
    method: 'get',
    path: '/api/admin/logs',
    what: 'Search the log: the story of one order, or lines that say some words, as far back as a second reaches',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'One page, the newest first', schema: linesAnswer },
    problems: [],
    serve: async (req, res) => {
      const asked = parseBody(query, req.query)
      const since = performance.now()
      const limits = { ...limitsOf(asked), isGone: () => res.closed }
      const look = () => findLines(read, wantedOf(asked), limits)
      const found = await (asked.subject === undefined ? inTurn(look) : look())
      res.json((await linesOf(read, found, since)) satisfies LinesAnswer)
    },
  }
}

function wantedOf({ subject, q, service, level, since = 0, until = FOREVER }: z.infer<typeof query>): Wanted {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, WORDS_MAX)
  return { subject: subject ?? null, words, service: service ?? null, level, since, until }
}

const FOREVER = Number.MAX_SAFE_INTEGER

function limitsOf({ after, limit }: z.infer<typeof query>): Limits {
  return { before: after ?? FOREVER, limit, budgetMs: BUDGET_MS }
}

async function linesOf(read: Client, found: Found, since: number): Promise<LinesAnswer> {
  const { lines, looked, lookedTo, upTo: next } = found
  const lookedBackTo = await timeOf(read, lookedTo ?? lines.at(-1)?.seq ?? null)
  const tookMs = Math.round(performance.now() - since)
  return { lines: lines.map(answerOf), next, looked, lookedBackTo, tookMs }
}

async function timeOf(read: Client, seq: number | null): Promise<string | null> {
  if (seq === null) return null
  const [row] = await read.$queryRaw<{ at: number }[]>`SELECT at FROM "Line" WHERE seq >= ${seq} ORDER BY seq LIMIT 1`
  return row === undefined ? null : isoOf(row.at)
}

/** However many search, one looks at a time: the others wait, and so does nobody who stores lines. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
}
