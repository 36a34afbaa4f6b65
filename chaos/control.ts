import type { CrashPoint } from './crash-points.ts'
import type { Edit } from './doctored-tree.ts'
import type { Deed, Fault } from './fault.ts'
import type { Plan } from './plan.ts'

/** A shop with one rule of the protocol switched off, and the faults that this rule is there for. */
export type Control = {
  rule: string
  edits: Edit[]
  faults: Fault[]
  /** What else the run needs. */
  more?: Partial<Plan>
  /** Of the verdict's reasons. */
  tell: RegExp
}

/** Does deeds one after the other, `everyMs` apart. */
export function series(everyMs: number, deeds: Deed[]): Fault[] {
  return deeds.map((deed, i) => ({ atMs: everyMs * (i + 1), ...deed }))
}

export const times = <T>(count: number, things: readonly T[]): T[] => Array.from({ length: count }, () => things).flat()
export const inFile = (file: string, find: string, replace: string): Edit => ({ file: `dist/${file}`, find, replace })
export const BEFORE_COMMIT: CrashPoint = { name: 'before commit', file: 'dist/shared/protocol/outbox.js' }
