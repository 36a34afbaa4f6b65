import { join } from 'node:path'
import { z } from 'zod'
import type { Mark, Process, Queue } from '../room/snapshot.ts'
import { type Kept, keptIn } from './kept.ts'

const KEPT_MS = 180_000 // as long as the charts go back
const MARKS_MAX = 60
const OUR_DOING_MS = 5_000 // what dies so soon after it was killed or stopped on purpose has its mark

/** What was done on purpose lately, and which processes were seen to die of something else; oldest first. */
export type Marks = {
  /** What is returned takes it back: it did not come to pass. */
  note(mark: Omit<Mark, 'at'>): () => void
  /** Looks who has died since the last look. */
  see(processes: Process[]): void
  /** Looks who was paused since the last look, and who goes on. */
  seeQueues(queues: Pick<Queue, 'service' | 'pausedAt'>[]): void
  all(): Mark[]
}

const shape: z.ZodType<Mark[]> = z.array(
  z.object({ at: z.number(), what: z.string(), name: z.string().optional(), mode: z.string().optional() }),
)

export const marksIn = (dataDir: string): Kept<Mark[]> => keptIn(join(dataDir, 'demo-marks.json'), shape)

/** What `kept` has is told again: control itself may be killed from its room. */
export function createMarks(kept: Kept<Mark[]>, now = Date.now): Marks {
  let marks = kept.read() ?? []
  let before: Process[] = []
  let paused: Set<string> | null = null
  const hold = (all: Mark[]) => {
    marks = all
    kept.write(all)
  }
  const note = (mark: Omit<Mark, 'at'>) => {
    const noted = { at: now(), ...mark }
    hold([...marks, noted].slice(-MARKS_MAX))
    return () => hold(marks.filter((one) => one !== noted))
  }
  const isOurDoing = (name: string) =>
    marks.some((mark) => mark.name === name && ENDS.includes(mark.what) && now() - mark.at < OUR_DOING_MS)
  return {
    note,
    see: (processes) => {
      for (const { name } of before.filter((one) => hasDied(one, processes)))
        if (!isOurDoing(name)) note({ what: 'died', name })
      before = processes
    },
    seeQueues: (queues) => {
      const now = new Set<string>(queues.filter(({ pausedAt }) => pausedAt !== null).map(({ service }) => service))
      for (const name of now) if (paused?.has(name) === false) note({ what: 'pause', name })
      for (const name of paused ?? []) if (!now.has(name)) note({ what: 'resume', name })
      paused = now
    },
    all: () => {
      marks = marks.filter(({ at }) => now() - at < KEPT_MS)
      return marks
    },
  }
}

const ENDS = ['kill', 'stop', 'died']

/** One that was up is not, or is another process by now. */
function hasDied({ name, state, pid }: Process, processes: Process[]): boolean {
  const now = processes.find((one) => one.name === name)
  if (state !== 'up' || now === undefined) return false
  return now.pid !== pid || now.state === 'waiting'
}
