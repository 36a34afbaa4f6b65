import { z } from 'zod'
import { shopEvents } from '../../../shared/routes.ts'

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
