import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'

const letter = z.object({
  id: z.string(),
  queue: z.enum(services),
  name: z.string().nullable(),
  subject: z.string().nullable(),
  reason: z.string(),
  body: z.string(),
  at: z.number(),
  canReplay: z.boolean(),
})

const kept = z.object({ deadLetters: z.array(letter), total: z.number() })
const replayed = z.object({ replayed: z.number() })

/** The newest dead letters of a service, and how many there are in all. */
export type Kept = z.infer<typeof kept>

/** Every service keeps its own dead letters; null where it cannot be asked. */
export type Letters = {
  read(service: Service, limit: number): Promise<Kept | null>
  replay(service: Service, ids: string[] | undefined): Promise<number | null>
}

/** Asks the services themselves. */
export function createLetters(ask: Ask): Letters {
  return {
    read: async (service, limit) => {
      const reply = await ask(service, `/ops/dead-letters?limit=${limit}`)
      return kept.safeParse(reply?.body).data ?? null
    },
    replay: async (service, ids) => {
      const reply = await ask(service, '/ops/dead-letters/replay', ids === undefined ? {} : { ids })
      return replayed.safeParse(reply?.body).data?.replayed ?? null
    },
  }
}
