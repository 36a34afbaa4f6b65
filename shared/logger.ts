import pino, { type Logger } from 'pino'
import { printable } from '../terminal/printable.ts'

export type { Logger }

const STRANGE = /[^\n -~]/ // looked for first, for nearly all lines have nothing to be written down

/**
 * One JSON line per fact: `time` (ms), `level`, `service`, `msg`, and what is known of `order` (its number),
 * `subject` (its id), `messageId`, `attempt` and `ms`, so that one order's id greps to its whole story.
 */
export function createLogger(service: string, level: string): Logger {
  const hooks = { streamWrite: (line: string) => (STRANGE.test(line) ? `${printable(line.trimEnd())}\n` : line) }
  return pino({ level, base: { service }, hooks }, pino.destination({ sync: false, minLength: 0 }))
}
