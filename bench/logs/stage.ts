import type { MortalRedis } from '../sale/mortal-redis.ts'
import type { Kept } from './kept.ts'

/** Where lines are written, and the Redis between who reads them and who keeps them. */
export type Place = { folder: string; logsDir: string; redis: MortalRedis }

/** Programs that collect the lines in a folder, and can be hurt. */
export type Stage = {
  /** Kills with SIGKILL who reads or who keeps; it is started again at once. */
  killWorker(): Promise<void>
  /** Resolves when nothing is under way any more, with what is kept of the lines of this run, of which so many were written. */
  keptOf(run: string, written: number): Promise<Pick<Kept, 'lines' | 'numbers'>>
  close(): Promise<void>
}
