import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'

const letter = z.object({
  id: z.string(),
  queue: z.enum(services),
  name: z.string().nullable(),
  subject: z.string().nullable(),
  reason: z.string(),
  body: z.string(),
  at: z.number(),
  canReplay: z.boolean(),
  canEdit: z.boolean().default(false), // a service of before knows nothing of it, nor of the rest
  replayedAt: z.number().nullable(),
  discardedAt: z.number().nullable().default(null),
  closedBy: z.string().nullable().default(null),
  closedWhy: z.string().nullable().default(null),
  editedBody: z.string().nullable().default(null),
})

const kept = z.object({ deadLetters: z.array(letter), total: z.number() })
const replayed = z.object({ replayed: z.number() })
const edited = z.object({ queue: z.string(), messageId: z.string() })
const discarded = z.object({ discarded: z.number() })

/** The newest dead letters of a service, and how many there are in all that wait for a person. */
export type Kept = z.infer<typeof kept>
export type KeptLetter = z.infer<typeof letter>

/** Which letters: those that wait for a person, or those that somebody has dealt with. */
export type LetterState = 'open' | 'closed'

/** What somebody does to a letter, and who and why. */
type Deed = { id: string; reason: string; by: string }

/** Every service keeps its own dead letters; null where it cannot be asked. What it refuses is thrown in its words. */
export type Letters = {
  read(service: Service, limit: number, state?: LetterState): Promise<Kept | null>
  replay(service: Service, ids: string[] | undefined, by: string): Promise<number | null>
  edit(service: Service, deed: Deed & { body: string }): Promise<z.infer<typeof edited>>
  /** Returns whether it was open still. */
  discard(service: Service, deed: Deed): Promise<boolean>
}

/** Asks the services themselves. */
export function createLetters(ask: Ask): Letters {
  const tell = async (service: Service, deed: string, body: object): Promise<unknown> => {
    const reply = await ask(service, `/ops/dead-letters/${deed}`, body)
    if (reply === null) throw unreachable(service)
    if (reply.status !== 200) throw passedOn(service, reply)
    return reply.body
  }
  return {
    read: async (service, limit, state = 'open') => {
      const reply = await ask(service, `/ops/dead-letters?limit=${limit}&state=${state}`)
      return kept.safeParse(reply?.body).data ?? null
    },
    replay: async (service, ids, by) => {
      const reply = await ask(service, '/ops/dead-letters/replay', ids === undefined ? { by } : { ids, by })
      return replayed.safeParse(reply?.body).data?.replayed ?? null
    },
    edit: async (service, deed) => edited.parse(await tell(service, 'edit', deed)),
    discard: async (service, { id, reason, by }) =>
      discarded.parse(await tell(service, 'discard', { ids: [id], reason, by })).discarded > 0,
  }
}
