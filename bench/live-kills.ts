import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Figures } from './contest.ts'
import { contestantsOf, OURS } from './live/contestants.ts'
import { LiveCrowd } from './live/crowd.ts'
import type { Stage } from './live/stage.ts'

/** What a crowd misses when those die who tell it. */
export const liveKills: Contest = {
  name: 'live-kills',
  what:
    '10,000 streams of server-sent events at one process, or as many as a process may have files open; one thing is said each second, ' +
    'and three times, ten seconds apart, that process is killed (SIGKILL) and started again at once. A reader comes back ' +
    'after 0.2 to 1 s, again and again, and says where it was, as browsers do. Until all are back; and what each of them was ' +
    'never told, or told twice, counted by itself.',
  units: { backMs: 'ms', missed: 'notes', doubled: 'notes', readers: '' },
  size: 10_000,
  quickSize: 500,
  rounds: 3,
  contestants: contestantsOf(play),
  goals: [
    { figure: 'backMs', ours: OURS, atMost: 5_000 },
    { figure: 'missed', ours: OURS, atMost: 0 },
  ],
}

const KILLS = 3
const KILL_EVERY_MS = 10_000

async function play(stage: Stage, size: number): Promise<Figures> {
  const crowd = await LiveCrowd.gather(stage, size)
  try {
    const [, backMs] = await Promise.all([crowd.talk(((KILLS + 1) * KILL_EVERY_MS) / 1_000), loseAll(crowd)])
    const { missed, doubled } = await crowd.figures()
    return { backMs, missed, doubled, readers: crowd.count }
  } finally {
    await crowd.leave()
  }
}

/** Resolves with the longest that it took until all were back (ms). */
async function loseAll(crowd: LiveCrowd): Promise<number> {
  const startMs = performance.now()
  let longest = 0
  for (let n = 1; n <= KILLS; n++) {
    await delay(Math.max(startMs + n * KILL_EVERY_MS - performance.now(), 0))
    longest = Math.max(longest, await crowd.lose())
  }
  return longest
}
