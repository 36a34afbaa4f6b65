import { z } from 'zod'
import { shopEvents } from '../../../shared/shop-events.ts'
import { Problem, type Request } from '../../../shared/web/http.ts'

const time = z.number().transform((ms) => new Date(ms).toISOString())

/** A subscription as the service keeps it, in the words of the API. */
export const webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(shopEvents)).describe('Of which it is told; none: of all'),
  createdAt: time.pipe(z.iso.datetime()),
  pausedAt: time.pipe(z.iso.datetime()).nullable().describe('Since when nothing is sent, because it has answered 410'),
  pauseReason: z.string().nullable(),
})

/** The Idempotency-Key of what changes webhooks. */
export const headers = z.object({
  'Idempotency-Key': z.string().max(255).optional().describe('Makes it count once however often it is sent.'),
})

/** The id in a path, which goes into another path. Throws 404 for what cannot be one: `.` would lead elsewhere. */
export function webhookIdIn(req: Request): string {
  const id = String(req.params.id)
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Problem(404, 'Not found', `There is no webhook ${id}.`)
  return id
}
