import type { Sale } from './sale.ts'

const SPAN_MS = 60_000
const STEP_MS = 1_000 // between two that are remembered

type Mark = { at: number; admissions: number }

/** How many were let in in the last minute, as far as this process has seen it. */
export function createDrain(now: () => number) {
  const marks = new Map<string, Mark[]>()
  return {
    perMinute: ({ id, admissions, endedAt }: Pick<Sale, 'id' | 'admissions' | 'endedAt'>): number => {
      if (endedAt !== null) {
        marks.delete(id)
        return 0
      }
      const fresh = (marks.get(id) ?? []).filter(({ at }) => at > now() - SPAN_MS)
      if (now() - (fresh.at(-1)?.at ?? 0) >= STEP_MS) fresh.push({ at: now(), admissions })
      marks.set(id, fresh)
      return admissions - (fresh[0]?.admissions ?? admissions)
    },
  }
}
