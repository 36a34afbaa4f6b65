import { setTimeout as delay } from 'node:timers/promises'
import { every } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Client } from './db.ts'
import type { TimelineAnswer } from './order-answer.ts'
import { type Position, readTimelines } from './read-order.ts'

const POLL_MS = 1_000 // another process writes to the same database, and its bell may be lost
const REST_MAX_MS = 15
const RESTS_PER_LOOK = 4 // at once when it is quiet; under load, when a look takes longer, many commits share one

type Follower = Position & { hear(entries: TimelineAnswer[]): void; end(): void }

/** Tells each follower what is new in the timeline of its order. */
export type Feed = {
  /** Follows until the returned function is called. `end` is called when the feed itself ends. */
  follow(follower: Follower): () => void
  nudge(): void
  stop(): Promise<void>
}

/**
 * Reads on from where each follower stands, whenever there has been a commit. What a follower gets was read
 * from the disk by its number, so it can miss nothing and never hears of what is rolled back; history and live
 * are the same thing. All followers share one query.
 */
export function createFeed(read: Client, health: Health): Feed {
  const followers = new Set<Follower>()

  const loop = every(POLL_MS, 'feed', health, async () => {
    if (followers.size === 0) return
    const sinceMs = performance.now()
    await look()
    await delay(Math.min(REST_MAX_MS, RESTS_PER_LOOK * (performance.now() - sinceMs)))
  })
  const look = async () => {
    const all = [...followers]
    const news = await readTimelines(read, all)
    for (const [i, follower] of all.entries()) deliver(follower, news[i] ?? [])
  }
  const deliver = (follower: Follower, entries: TimelineAnswer[]) => {
    const last = entries.at(-1)
    if (last === undefined || !followers.has(follower)) return
    follower.after = last.seq
    follower.hear(entries)
  }
  const nudge = () => {
    if (followers.size > 0) loop.nudge()
  }
  return {
    nudge,
    follow: (follower) => {
      followers.add(follower)
      nudge()
      return () => void followers.delete(follower)
    },
    stop: async () => {
      for (const follower of followers) follower.end()
      await loop.stop()
    },
  }
}
