import { setTimeout as delay } from 'node:timers/promises'
import { startUndying } from '../undying.ts'
import { KeptLines } from './kept.ts'
import type { Place, Stage } from './stage.ts'

const CALM_MS = 10_000 // so long nothing has been added: what is missing now is lost
const LIMIT_MS = 120_000
const LOOK_EVERY_MS = 200

/** Logs, which reads and keeps in one process. */
export async function ourStage({ folder, logsDir, redis }: Place): Promise<Stage> {
  const env = { DATA_DIR: folder, LOGS_DIR: logsDir, REDIS_URL: redis.url, LOG_LEVEL: 'warn' }
  const logs = await startUndying('logs/logs.js', env)
  const kept = new KeptLines(folder)
  return {
    killWorker: logs.kill,
    keptOf: async (run, written) => {
      await untilCalm(() => kept.noted(run).lines, written)
      return kept.of(run)
    },
    close: async () => {
      kept.close()
      await logs.stop()
    },
  }
}

/** Resolves when all is there, or when nothing has come for a while. */
export async function untilCalm(there: () => number, wanted: number): Promise<void> {
  const untilMs = Date.now() + LIMIT_MS
  let [last, at] = [there(), Date.now()]
  while (last < wanted && Date.now() - at < CALM_MS && Date.now() < untilMs) {
    await delay(LOOK_EVERY_MS)
    const now = there()
    if (now !== last) [last, at] = [now, Date.now()]
  }
}
