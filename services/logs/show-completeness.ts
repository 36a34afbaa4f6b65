import type { Endpoint } from '../../shared/web/endpoint.ts'
import { type CompletenessAnswer, completenessAnswer } from './completeness-answer.ts'
import type { Client } from './db.ts'
import { isoOf } from './kept-line.ts'

const TOLD_MAX = 100

type Run = {
  run: string
  service: string
  last: number
  lines: number
  missing: number
  beganAt: number
  lastAt: number
}
type Gap = { at: number; file: string; bytes: number; reason: string }
type Totals = { runs: number; lines: number; missing: number }

/** `GET /api/admin/logs/completeness`: whether every line was kept, which is counted and not believed. */
export function showCompleteness(read: Client): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/completeness',
    what: 'Count whether every line was kept: each start of a program numbers its lines from 1',
    isAdmin: true,
    answer: { status: 200, what: 'What is missing', schema: completenessAnswer },
    problems: [],
    serve: async (_req, res) => void res.json((await completenessOf(read)) satisfies CompletenessAnswer),
  }
}

async function completenessOf(read: Client): Promise<CompletenessAnswer> {
  const { runs, lines, missing } = await totalsOf(read)
  const [gaps] = await read.$queryRaw<{ count: number }[]>`SELECT COUNT(*) AS count FROM "Gap"`
  const gapCount = gaps?.count ?? 0
  return {
    ...{ isComplete: missing === 0 && gapCount === 0, runs, lines, missing, gaps: gapCount },
    newestRuns: (await runsOf(read)).map((one) => ({ ...one, beganAt: isoOf(one.beganAt), lastAt: isoOf(one.lastAt) })),
    newestGaps: (await gapsOf(read)).map((one) => ({ ...one, at: isoOf(one.at) })),
  }
}

async function totalsOf(read: Client): Promise<Totals> {
  const [row] = await read.$queryRaw<Totals[]>`
    SELECT COUNT(*) AS runs, COALESCE(SUM(lines), 0) AS lines, COALESCE(SUM(last - lines), 0) AS missing FROM "Run"`
  return { runs: Number(row?.runs ?? 0), lines: Number(row?.lines ?? 0), missing: Number(row?.missing ?? 0) }
}

function runsOf(read: Client): PromiseLike<Run[]> {
  return read.$queryRaw<Run[]>`
    SELECT run, service, last, lines, last - lines AS missing, "beganAt", "lastAt" FROM "Run"
    ORDER BY last - lines DESC, "lastAt" DESC LIMIT ${TOLD_MAX}`
}

function gapsOf(read: Client): PromiseLike<Gap[]> {
  return read.$queryRaw<Gap[]>`
    SELECT at, file, "to" - "from" AS bytes, reason FROM "Gap" ORDER BY at DESC LIMIT ${TOLD_MAX}`
}
