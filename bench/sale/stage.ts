import type { Crowd } from './buyers.ts'
import type { MortalRedis } from './mortal-redis.ts'
import type { Heard } from './words.ts'

/** Where a sale is made, and of how many units. */
export type Place = { folder: string; redis: MortalRedis; units: number }

/** A sale that is open, in a shop that can be hurt. */
export type Stage = {
  /** Sends buyers. Resolves when each of them has heard the last word, or has given up. */
  come(crowd: Crowd): Promise<Heard[]>
  /** When all is at rest: what those hear who had given up, if they look once more. */
  lookAgain(): Promise<Heard[]>
  /** Kills with SIGKILL who works; it is started again at once. */
  killWorker(): Promise<void>
  /** Resolves when nothing is under way any more, with the buyer of each unit that is sold. */
  soldTo(): Promise<number[]>
  close(): Promise<void>
}
