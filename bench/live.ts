import type { Contest, Figures } from './contest.ts'
import { contestantsOf, OURS } from './live/contestants.ts'
import { LiveCrowd } from './live/crowd.ts'
import type { Stage } from './live/stage.ts'
import { memoryMbOf } from './usage.ts'

/** How soon a crowd knows what was said. */
export const live: Contest = {
  name: 'live',
  what:
    '10,000 streams of server-sent events at one process, or as many as a process may have files open; one thing is said each second, ' +
    'for a minute: from when it is said until each of them has read it, and what a stream takes of the memory (PSS) of ' +
    'whoever has it. To ours it is said by POST /api/admin/news: it is on disk in notification before it is answered, and on ' +
    'disk in live before it is told. Of the other, what is published goes to whoever listens.',
  units: { p50Ms: 'ms', p99Ms: 'ms', maxMs: 'ms', bytesPerReader: 'bytes', readers: '', missed: '', doubled: '' },
  size: 10_000,
  quickSize: 500,
  rounds: 3,
  contestants: contestantsOf(play),
  goals: [
    { figure: 'p99Ms', ours: OURS, atMost: 500 },
    { figure: 'bytesPerReader', ours: OURS, atMost: 15_000 },
    { figure: 'missed', ours: OURS, atMost: 0 },
    { figure: 'readers', ours: OURS, atLeast: 10_000 },
  ],
}

const SAID_AT_MOST = 60
const READERS_PER_SAID = 100 // so that a small round is a short one
const MB = 1_048_576

async function play(stage: Stage, size: number): Promise<Figures> {
  const pid = await stage.pid()
  const before = memoryMbOf([pid])
  const crowd = await LiveCrowd.gather(stage, size)
  try {
    await crowd.talk(Math.min(SAID_AT_MOST, Math.ceil(size / READERS_PER_SAID)))
    const bytes = ((memoryMbOf([pid]) ?? Number.NaN) - (before ?? Number.NaN)) * MB // not where the system does not tell
    return { ...(await crowd.figures()), bytesPerReader: bytes / crowd.count, readers: crowd.count }
  } finally {
    await crowd.leave()
  }
}
