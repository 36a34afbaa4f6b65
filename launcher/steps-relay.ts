import { z } from 'zod'
import type { Supervisor } from './supervisor.ts'

/** How the programs of the demo shall go: whether they tell of their steps, and how long they stand still at each (ms). */
export const stepping = z.strictObject({ isTold: z.boolean(), slowMs: z.number().min(0).max(5_000) })

type Stepping = z.infer<typeof stepping>

const heard = z.looseObject({ type: z.enum(['step', 'steps?']) })

/** Who shows the steps of all. */
const SHOWS = 'control'

/** Passes on what programs tell of their steps, and tells those that start how they shall go. */
export function createStepsRelay(programs: Pick<Supervisor, 'tell' | 'list'>) {
  let wanted: Stepping = { isTold: false, slowMs: 0 }
  const deadly = new Map<string, string>()
  const say = (name: string) => programs.tell(name, { type: 'steps', ...wanted, dieAt: deadly.get(name) ?? null })
  return {
    /** True when it was about steps. */
    hear(from: string, message: unknown): boolean {
      const { data } = heard.safeParse(message)
      if (data === undefined) return false
      if (data.type === 'steps?') say(from)
      else {
        if (data.isLast) deadly.delete(from) // it dies of it, and shall live when it is started again
        programs.tell(SHOWS, { ...data, service: from })
      }
      return true
    },
    /** For all programs, and those that start later. */
    go(how: Stepping): void {
      wanted = how
      for (const { name } of programs.list()) say(name)
    },
    /** It dies there as by `kill -9`, once; null: at none. */
    dieAt(name: string, point: string | null): void {
      if (point === null) deadly.delete(name)
      else deadly.set(name, point)
      say(name)
    },
  }
}
