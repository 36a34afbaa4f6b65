import { z } from 'zod'
import type { Place } from '../../shared/protocol/event-log.ts'
import type { Service } from '../../shared/routes.ts'
import type { Ask } from '../../shared/web/ask-service.ts'

/** How many events are asked for at once. */
export const PAGE = 100

const kept = z.object({
  seq: z.int(),
  id: z.string(),
  name: z.string(),
  v: z.int(),
  subject: z.string(),
  at: z.number(),
  traceparent: z.string().nullable(),
  data: z.string(),
})
const page = z.object({ events: z.array(kept), upTo: z.int() })

/** An event as its sender keeps it; `data` is JSON, `at` in ms. */
export type Kept = z.infer<typeof kept>
/** Events in their order, and the `seq` up to which there are no others. */
export type Page = z.infer<typeof page>

/** Asks a service for its events after a place. Null when it cannot be asked. */
export async function readPage(ask: Ask, sender: Service, place: Place): Promise<Page | null> {
  const from = place === 'end' ? '' : `&${'after' in place ? `after=${place.after}` : `since=${place.since}`}`
  const reply = await ask(sender, `/ops/event-log?limit=${PAGE}${from}`)
  return reply?.status === 200 ? page.parse(reply.body) : null
}
