import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import type { Redis } from '../store/redis.ts'

const ASK_MS = 1_000
const NEAR_MS = 250 // clocks that keep the same time differ by less, and shall not chase each other
const BACK_MS = 1 // at a time: some thousand times what two good clocks differ in a second

/** The time that all programs of a shop go by, whatever their hosts' clocks say: that of Redis, in ms since the epoch. */
export type ShopClock = {
  /** By this host's clock until Redis has been asked. */
  now(): number
  /** Others go by this time, so it is not earlier. */
  heed(at: number): void
  /** Rejects when Redis does not tell. */
  ask(): Promise<void>
  /** Asks again and again. */
  keep(health: Health): Loop
}

/**
 * Between two questions it goes by the steady clock, which no one sets. Redis told its time at some moment between the
 * question and the answer: what has been believed before is believed for as long as that can be true. When Redis is behind, for
 * another node tells now, it goes there slowly, as all others do; and forward at once.
 */
export function createShopClock(
  redis: Pick<Redis, 'time'>,
  steady = () => performance.now(),
  own = Date.now,
): ShopClock {
  let ahead: number | null = null // of the steady clock
  const ask = async () => {
    const askedAt = steady()
    const toldMs = await timeOf(redis)
    const [least, most] = [toldMs - steady(), toldMs - askedAt]
    const believed = ahead ?? (least + most) / 2
    ahead = Math.max(least, Math.min(believed, Math.max(most, believed - BACK_MS)))
  }
  return {
    now: () => (ahead === null ? own() : steady() + ahead),
    heed: (at) => {
      if (ahead !== null && at > steady() + ahead + NEAR_MS) ahead = at - steady()
    },
    ask,
    keep: (health) => every(ASK_MS, 'clock', health, ask),
  }
}

/** What Redis takes for the time, in ms since the epoch. */
export async function timeOf(redis: Pick<Redis, 'time'>): Promise<number> {
  const [s, us] = await redis.time()
  return Math.floor(Number(s) * 1_000 + Number(us) / 1_000)
}
