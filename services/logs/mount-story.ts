import { z } from 'zod'
import { type Express, parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'

const LINES_MAX = 500 // an outage that lasts writes a line with each attempt
const CHARACTERS_MAX = 8_000 // what is longer is no fact about a message

const query = z.object({ subject: z.string().min(1).max(100) })

/**
 * `GET /ops/story?subject=`, for other programs of ours: the newest lines about one thing, in the order in which they were kept.
 * An order's page asks for them once a second while somebody looks and the order travels.
 */
export function mountStory(app: Express, read: Client): void {
  app.get('/ops/story', async (req, res) => {
    const { subject } = parseBody(query, req.query)
    res.json({ lines: await storyOf(read, subject) })
  })
}

async function storyOf(read: Client, subject: string): Promise<string[]> {
  const rows = await read.$queryRaw<{ text: string }[]>`
    SELECT text FROM "Line" WHERE subject = ${subject} ORDER BY seq DESC LIMIT ${LINES_MAX}`
  return rows.reverse().flatMap(({ text }) => (text.length > CHARACTERS_MAX ? [] : [text]))
}
