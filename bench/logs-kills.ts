import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { ourStage } from './logs/our-stage.ts'
import type { Place, Stage } from './logs/stage.ts'
import { theirStage } from './logs/their-stage.ts'
import { startProcess } from './process.ts'
import { startMortalRedis } from './sale/mortal-redis.ts'

const OURS = 'Orderline'

/** What becomes of lines while those die who collect them. */
export const logsKills: Contest = {
  name: 'logs-kills',
  what:
    'A program writes 2,000 numbered lines a second; 40 times, 750 ms apart or when it is up again, who collects them is killed, every ' +
    'fourth time Redis, which comes back with its file; all are started again at once. When nothing has come for ten seconds, lines are counted in the ' +
    'database. The classic pair: one pushes a list element for each line and then notes how far it is, the other pops 500 and ' +
    'then writes them.',
  units: { lost: 'lines', doubled: 'lines', written: 'lines' },
  size: 40, // kills
  quickSize: 8,
  rounds: 3,
  contestants: [contestant(OURS, ourStage), contestant('a shipper and a keeper: push, pop, then write', theirStage)],
  goals: ['lost', 'doubled'].map((figure) => ({ figure, ours: OURS, atMost: 0 })),
}

const PER_SECOND = 2_000
const KILL_EVERY_MS = 750
const WORK_MS = 250 // at least, between two of them
const REDIS_EVERY = 4
const RUN = 'bench-lines'

function contestant(name: string, open: (place: Place) => Promise<Stage>): Contestant {
  return { name, play: (round) => play(round, open) }
}

async function play({ folder, size }: Round, open: (place: Place) => Promise<Stage>): Promise<Figures> {
  const logsDir = join(folder, 'logs')
  mkdirSync(logsDir, { recursive: true })
  const redis = await startMortalRedis(folder, false)
  const stage = await open({ folder, logsDir, redis })
  const writer = await startProcess('logs/writer.js', {})
  try {
    await writer.ask('begin', { file: join(logsDir, 'app.log'), run: RUN, from: 1, perSecond: PER_SECOND })
    await killAll(size, (n) => (n % REDIS_EVERY === 0 ? redis.kill() : stage.killWorker()))
    const written = await writer.ask<number>('end')
    const { lines, numbers } = await stage.keptOf(RUN, written)
    return { lost: written - numbers, doubled: lines - numbers, written }
  } finally {
    await writer.stop()
    await stage.close()
    await redis.end()
  }
}

/** Kills so often, the first time after 750 ms; but who has just been started again gets to work before it dies once more. */
async function killAll(count: number, kill: (n: number) => Promise<void>): Promise<void> {
  const startMs = performance.now()
  for (let n = 1; n <= count; n++) {
    await delay(Math.max(startMs + n * KILL_EVERY_MS - performance.now(), WORK_MS))
    await kill(n)
  }
}
