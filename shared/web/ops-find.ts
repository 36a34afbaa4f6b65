import { z } from 'zod'
import { type Express, parseBody } from './http.ts'

const TEXT_MAX = 254 // as long as an e-mail address may be

/** Something that a service has on disk under what was looked for. `of` is the order that it belongs to, if to one. Times in ms. */
export const hit = z.object({
  kind: z.enum(['order', 'account', 'product', 'payment', 'refund', 'dispute', 'mail', 'alert']),
  id: z.string(),
  title: z.string(),
  state: z.string().nullable(),
  at: z.number().nullable(),
  of: z.string().nullable(),
})
export type Hit = z.infer<typeof hit>

/** So many of one kind are told, the newest. */
export const HITS_MAX = 20

const query = z.object({ q: z.string().trim().min(1).max(TEXT_MAX) })

/** `GET /ops/find`: what a service has under an id, a number or an address, for calls of ours. It finds by index, or not at all. */
export function mountFind(app: Express, find: (text: string) => Promise<Hit[]>): void {
  app.get('/ops/find', async (req, res) => {
    res.json({ hits: await find(parseBody(query, req.query).q) })
  })
}
