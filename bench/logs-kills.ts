import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { ourStage } from './logs/our-stage.ts'
import type { Place, Stage } from './logs/stage.ts'
import { theirStage } from './logs/their-stage.ts'
import type { Lines } from './logs/writer.ts'
import { startProcess } from './process.ts'
import { startMortalRedis } from './sale/mortal-redis.ts'

const OURS = 'Orderline'

/** What becomes of lines while those die who collect them. */
export const logsKills: Contest = {
  name: 'logs-kills',
  what:
    'A program writes 2,000 numbered lines a second, and each 750 ms who collects them is killed, every fourth time Redis, which comes ' +
    'back with its file; all are started again at once. When nothing has come for ten seconds, lines are counted in the ' +
    'database. The classic pair: one pushes a list element for each line and then notes how far it is, the other pops 500 and ' +
    'then writes them.',
  units: { lost: 'lines', doubled: 'lines', kills: '' },
  size: 40_000,
  quickSize: 6_000,
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
    const lines: Lines = { file: join(logsDir, 'app.log'), run: RUN, from: 1, count: size }
    const writing = writer.ask('steadily', { ...lines, perSecond: PER_SECOND })
    const kills = await killWhile(writing, (n) => (n % REDIS_EVERY === 0 ? redis.kill() : stage.killWorker()))
    const { lines: kept, numbers } = await stage.keptOf(RUN, size)
    return { lost: size - numbers, doubled: kept - numbers, kills }
  } finally {
    await writer.stop()
    await stage.close()
    await redis.end()
  }
}

/** Kills until `work` is done, the first time after 750 ms. Resolves with how often. */
async function killWhile(work: Promise<unknown>, kill: (n: number) => Promise<void>): Promise<number> {
  const startMs = performance.now()
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  over.catch(() => {}) // told in the end
  let kills = 0
  while (!isOver) {
    await delay(Math.max(startMs + (kills + 1) * KILL_EVERY_MS - performance.now(), WORK_MS))
    await kill(++kills)
  }
  await over
  return kills
}
