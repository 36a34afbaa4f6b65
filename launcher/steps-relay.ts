import { z } from 'zod'
import { programOf } from './instances.ts'
import type { Supervisor } from './supervisor.ts'

/** How the programs of the demo shall go: whether they tell of their steps, and how long they stand still at each (ms). */
export const stepping = z.strictObject({ isTold: z.boolean(), slowMs: z.number().min(0).max(5_000) })

type Stepping = z.infer<typeof stepping>

/** A step; the wish to be told; or what a program that control has told something answers. */
const heard = z.looseObject({ type: z.enum(['step', 'steps?', 'told']) })

/** Who shows the steps of all, and says how they shall go. */
const SHOWS = 'control'
const AS_USUAL: Stepping = { isTold: false, slowMs: 0 }

/** Passes on what programs tell of their steps, and tells those that start how they shall go. */
export function createStepsRelay(processes: Pick<Supervisor, 'tell' | 'list'>) {
  let wanted = AS_USUAL
  const deadly = new Map<string, string>()
  const say = (name: string) => processes.tell(name, { type: 'steps', ...wanted, dieAt: deadly.get(name) ?? null })
  /** For all programs, and those that start later. */
  const go = (how: Stepping) => {
    wanted = how
    for (const { name } of processes.list()) say(name)
  }
  /** What it was to die of it has died of, or of something else: it shall live now. When control begins anew nobody is left who would take anything back. */
  const begin = (name: string) => {
    deadly.delete(name)
    if (name === SHOWS) deadly.clear()
    if (name === SHOWS) go(AS_USUAL)
    else say(name)
  }
  return {
    go,
    /** True when it was about steps. */
    hear(from: string, message: unknown): boolean {
      const { data } = heard.safeParse(message)
      if (data === undefined) return false
      if (data.type === 'steps?') begin(from)
      else processes.tell(SHOWS, { ...data, service: programOf(from) })
      return true
    },
    /** It dies there as by `kill -9`, once; null: at none. */
    dieAt(name: string, point: string | null): void {
      if (point === null) deadly.delete(name)
      else deadly.set(name, point)
      say(name)
    },
  }
}
