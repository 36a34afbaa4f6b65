import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import type { Sales } from './sales.ts'
import { noSuchSale } from './show-sale.ts'

const PAGE = 100
const PAGE_MAX = 1_000

const query = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
})

const entry = z.object({
  ticket: z.string(),
  number: z.int(),
  position: z.int().nullable(),
  admission: z.int().nullable().describe('Counts those who were let in; null for who was not'),
})

const answer = z.object({
  entries: z.array(entry),
  next: z.int().nullable().describe('`after` of the next page; null on the last.'),
})

/** `GET /api/sales/:id/entries`: the whole line, without a word on who stands there: anybody can recompute it. */
export function listEntries(read: Client, sales: Pick<Sales, 'find'>): Endpoint {
  return {
    method: 'get',
    path: '/api/sales/:id/entries',
    what: 'List who has joined, by their numbers, for whoever recomputes line and draw',
    query,
    answer: { status: 200, what: 'One page', schema: answer },
    problems: [404],
    serve: async (req, res) => {
      const id = String(req.params.id)
      const { after, limit } = parseBody(query, req.query)
      if ((await sales.find(id)) === undefined) throw noSuchSale()
      const entries = await read.$queryRaw<z.infer<typeof entry>[]>`
        SELECT id AS ticket, number, position, admission FROM "Entry"
        WHERE sale = ${id} AND number > ${after} ORDER BY number LIMIT ${limit}`
      const next = entries.length === limit ? (entries.at(-1)?.number ?? null) : null
      res.json({ entries, next } satisfies z.infer<typeof answer>)
    },
  }
}
