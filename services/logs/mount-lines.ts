import { z } from 'zod'
import { type Express, parseBody } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'
import { clip } from './line.ts'
import { newestSeq } from './newest-line.ts'
import { type Filter, linesBefore, newsBetween, SHOWN_MAX } from './news.ts'

const TEXTS_MAX = 100 // rooms that see different lines
// Nobody reads more than a few lines a second; who has narrowed the log wants to miss nothing.
const ALL = { newMax: 40, firstMax: 200 }
const NARROWED = { newMax: 200, firstMax: 300 }
const LATELY = 2_000 // lines among which is sought what each service has said last

const texts = z.array(z.string().max(64)).max(TEXTS_MAX)
const body = z.object({ after: z.int().min(0).nullable(), watched: texts, begun: texts })

type Texts = { text: string; lines: string[]; skipped: number }[]

/**
 * `POST /ops/lines {after, watched, begun}`, for other programs of ours: what came after a place that contains the texts that are
 * watched; for those that are begun to be watched the last lines there are; and what each service has said last. Answers
 * `upTo`, the place for the next time. It is asked twice a second while a control room is open.
 */
export function mountLines(app: Express, read: Client): void {
  app.post('/ops/lines', readJson, async (req, res) => {
    const { after, watched, begun } = parseBody(body, req.body)
    const upTo = await newestSeq(read)
    const from = after === null || after > upTo ? upTo : after // it may be of another file
    const facts = await lastFacts(read, from === after ? from : upTo - LATELY, upTo)
    res.json({ upTo, facts, news: await newsOf(read, from, upTo, watched), before: await endsOf(read, upTo, begun) })
  })
}

async function newsOf(read: Client, after: number, upTo: number, texts: string[]): Promise<Texts> {
  const watched = texts.map((text) => ({ text, filter: filterOf(text), max: limitsOf(text).newMax }))
  const news = await newsBetween(read, { after, upTo }, watched)
  return [...news].map(([{ text }, { lines, skipped }]) => ({ text, lines: lines.map(shown), skipped }))
}

async function endsOf(read: Client, upTo: number, begun: string[]): Promise<Texts> {
  const ends: Texts = []
  for (const text of begun) {
    const lines = await linesBefore(read, upTo, filterOf(text), limitsOf(text).firstMax)
    ends.push({ text, lines: lines.map(shown), skipped: 0 })
  }
  return ends
}

const shown = ({ text }: { text: string }) => clip(text, SHOWN_MAX)
const filterOf = (text: string): Filter => ({ text, service: null, level: 0 })
const limitsOf = (text: string) => (text === '' ? ALL : NARROWED)

async function lastFacts(read: Client, after: number, upTo: number): Promise<string[]> {
  const rows = await read.$queryRaw<{ text: string }[]>`
    SELECT text FROM "Line" WHERE seq IN (
      SELECT MAX(seq) FROM "Line" WHERE seq > ${Math.max(after, upTo - 10 * LATELY)} AND seq <= ${upTo} GROUP BY service)`
  return rows.map(shown)
}
