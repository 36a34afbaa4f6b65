import type { Language } from '../../shared/customer-events.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { languageOf } from '../../shared/web/language.ts'
import { anomaliesSince } from './anomalies.ts'
import { wordsFor } from './anomaly-words.ts'
import type { Client } from './db.ts'
import { isoOf } from './kept-line.ts'
import { newestAt } from './newest-line.ts'
import { sumUp } from './sum-up.ts'
import { type AnomalyAnswer, type SummaryAnswer, summaryAnswer } from './summary-answer.ts'
import { type Window, windowOf, windowQuery } from './windows.ts'

/** `GET /api/admin/logs/summary`: what was told lately, and what of it is out of the usual. */
export function showSummary(read: Client, now = Date.now): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/logs/summary',
    what: 'Sum up what was written down: per minute, by service and by what it says, with percentiles, and what is out of the usual',
    isAdmin: true,
    query: windowQuery,
    answer: { status: 200, what: 'The summary', schema: summaryAnswer },
    problems: [],
    serve: async (req, res) => {
      const window = windowOf(parseBody(windowQuery, req.query).minutes, now())
      res.json((await summaryOf(read, window, languageOf(req))) satisfies SummaryAnswer)
    },
  }
}

async function summaryOf(read: Client, window: Window, language: Language): Promise<SummaryAnswer> {
  const newest = await newestAt(read)
  const sums = await sumUp(read, window)
  const anomalies = await toldAnomalies(read, window.since, language)
  const times = {
    since: isoOf(window.since),
    until: isoOf(window.until),
    newestAt: newest === null ? null : isoOf(newest),
  }
  return { ...times, ...sums, anomalies }
}

async function toldAnomalies(read: Client, since: number, language: Language): Promise<AnomalyAnswer[]> {
  const anomalies = await anomaliesSince(read, since)
  return anomalies.map((one) => {
    const { lastAt: _, ...told } = one
    const until = one.until === null ? null : isoOf(one.until)
    return { ...told, since: isoOf(one.since), until, words: wordsFor(one, language) }
  })
}
