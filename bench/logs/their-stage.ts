import { join } from 'node:path'
import { LineBooks } from '../peers/line-books.ts'
import { startUndying } from '../undying.ts'
import { untilCalm } from './our-stage.ts'
import type { Place, Stage } from './stage.ts'

/** The classic pair: one reads files and pushes, the other pops and keeps. They are killed in turn. */
export async function theirStage({ folder, logsDir, redis }: Place): Promise<Stage> {
  const books = new LineBooks(folder)
  books.open()
  const env = { DATA_DIR: folder, LOGS_DIR: logsDir, REDIS_URL: redis.url, LOG_LEVEL: 'warn' }
  const workers = [
    await startUndying('peers/line-shipper.js', { ...env, REGISTRY: join(folder, 'registry.json') }),
    await startUndying('peers/line-keeper.js', env),
  ]
  let kills = 0
  return {
    killWorker: async () => workers[kills++ % workers.length]?.kill(),
    keptOf: async (run) => {
      await untilCalm(() => books.of(run).lines, Number.POSITIVE_INFINITY) // copies may come when all are there
      return books.of(run)
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      books.close()
    },
  }
}
