import { z } from 'zod'
import type { Process } from '../room/snapshot.ts'

const ANSWER_LIMIT_MS = 15_000 // a service may take its time to stop

const processState = z.object({ name: z.string(), state: z.string(), pid: z.number().optional() })
const answer = z.object({
  type: z.literal('controlled'),
  id: z.number(),
  error: z.string().optional(),
  processes: z.array(processState).default([]),
})

export type Control = 'kill' | 'stop' | 'start' | 'restart'

/** Whether programs tell of their steps, and how long they stand still at each (ms). */
export type Stepping = { isTold: boolean; slowMs: number }

type Request =
  | { action: Control; name: string }
  | { action: 'steps'; how: Stepping }
  | { action: 'dieAt'; name: string; point: string | null }
  | { action: 'tell'; name: string; message: { type: string } & Record<string, unknown> }
  | { action: 'list' | 'onDemand' }

let lastId = 0

/** Asks the launcher over the channel it started us with. Rejects when it refuses, or does not answer. */
export function askLauncher(request: Request): Promise<Process[]> {
  const id = ++lastId
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      process.off('message', hear)
      act()
    }
    const hear = (message: unknown) => {
      const parsed = answer.safeParse(message)
      if (!parsed.success || parsed.data.id !== id) return
      const { error, processes } = parsed.data
      settle(() => (error === undefined ? resolve(processes) : reject(new Error(error))))
    }
    const timer = setTimeout(() => settle(() => reject(new Error('the launcher does not answer'))), ANSWER_LIMIT_MS)
    process.on('message', hear)
    process.send?.({ type: 'control', id, ...request })
  })
}
