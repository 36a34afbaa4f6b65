import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import { listsOf, type Service } from '../shared/routes.ts'
import type { Books } from './books.ts'
import type { Redis } from './redis-door.ts'
import { resting, type WorkLeft } from './work-left.ts'

const LOOK_EVERY_MS = 250

/** `unlearnt` are facts of the gateway that payment has still to learn; nobody looks while there is other work. */
export type Rest = { isAtRest: boolean; tookMs: number; left: WorkLeft & { queued: number; unlearnt: number } }

type Lists = Pick<Redis, 'llen'>
type Terms = { limitMs: number; signal: AbortSignal; asked?: readonly Service[] }

/**
 * Waits until every order is final, every outbox and every list empty, and nothing goes on at the gateway; gives up after
 * `limitMs`. An order that waits for its customer for longer than that, as one of a clock that was ahead, is at rest.
 */
export async function awaitRest(
  books: Pick<Books, 'workSeen' | 'gatewayLeft'>,
  redis: Lists,
  { limitMs, signal, asked = resting }: Terms,
): Promise<Rest> {
  const startMs = Date.now()
  for (;;) {
    const here = { ...(await books.workSeen(startMs + limitMs)), queued: await queuedIn(redis, asked) }
    const isDoneHere = here.open === 0 && here.messages === 0 && here.queued === 0
    const left = { ...here, unlearnt: isDoneHere ? await books.gatewayLeft() : 0 }
    const isAtRest = isDoneHere && left.unlearnt === 0
    const tookMs = Date.now() - startMs
    if (isAtRest || tookMs > limitMs || signal.aborted) return { isAtRest, tookMs, left }
    await delay(LOOK_EVERY_MS)
  }
}

/** While Redis is not back, as if something were in it. */
export async function queuedIn(redis: Lists, asked: readonly Service[]): Promise<number> {
  const lengths = await Promise.all(asked.flatMap(listsOf).map((queue) => redis.llen(queueKey(queue)).catch(() => 1)))
  return lengths.reduce((sum, length) => sum + length, 0)
}
