import type { Columns } from '../../shared/store/sql.ts'
import type { Line } from './line.ts'
import type { LineAnswer } from './lines-answer.ts'

/** A line as it is read again. */
export type KeptLine = Line & { seq: number }

export const keptColumns: Columns<KeptLine> = [
  ...(['seq', 'run', 'n', 'at', 'level', 'service', 'msg', 'subject', 'order', 'text'] as const),
]

export const answerOf = ({ at, ...line }: KeptLine): LineAnswer => ({ ...line, at: isoOf(at) })

const LAST_MS = 8.64e15 // a line may say any number for its time; a date cannot be beyond this one

export const isoOf = (ms: number) => new Date(Math.min(ms, LAST_MS)).toISOString()
