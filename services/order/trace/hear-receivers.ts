import { z } from 'zod'
import { type Handled, handledAmong } from '../../../shared/protocol/handled.ts'
import { parseStatus, type Status } from '../../../shared/protocol/status.ts'
import { wordsOn } from '../../../shared/protocol/words-on.ts'
import { type Beat, liveWorkers } from '../../../shared/protocol/workers.ts'
import type { Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Client } from '../db.ts'

/**
 * What is known at a receiver of some messages: its final words by their ids, null where it cannot be asked; what it says of
 * those that it has in hand, and who works there, null while Redis is away.
 */
export type Heard = { handled: Map<string, Handled> | null; queue: Queue | null }
type Queue = { words: Map<string, Status | null>; live: Map<string, Beat> }

export type Deps = { read: Client; redis: Redis; ask: Ask }

/** Asks a receiver. Never rejects because something is away. */
export async function hearReceiver(to: Service, ids: string[], deps: Deps): Promise<Heard> {
  const [handled, queue] = await Promise.all([handledBy(to, ids, deps), queueOf(to, ids, deps.redis)])
  return { handled: handled && new Map(handled.map((word) => [word.id, word])), queue }
}

const answer = z.object({
  handled: z.array(z.object({ id: z.string(), outcome: z.enum(['done', 'dead']), at: z.number() })),
})

async function handledBy(to: Service, ids: string[], { read, ask }: Deps): Promise<Handled[] | null> {
  if (to === 'order') return handledAmong(read, ids)
  const reply = await ask(to, '/ops/handled', { ids })
  return answer.safeParse(reply?.body).data?.handled ?? null
}

async function queueOf(to: Service, ids: string[], redis: Redis): Promise<Queue | null> {
  const asked = [wordsOn(redis, to, ids), liveWorkers(redis, to)] as const
  const told = await Promise.all(asked).catch(() => null)
  if (told === null) return null
  const [fields, live] = told
  return { words: new Map(ids.map((id, i) => [id, parseStatus(fields[i] ?? null)])), live }
}
