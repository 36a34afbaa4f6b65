import { setImmediate } from 'node:timers'
import pino, { type Logger } from 'pino'
import { printable } from '../terminal/printable.ts'
import { nextNumber } from './line-number.ts'
import { LogFile } from './log-file.ts'

export type { Logger }

const STRANGE = /[^\n -~]/ // looked for first, for nearly all lines have nothing to be written down

/**
 * One JSON line per fact: `run` and `n`, which number the lines of this process, `time` (ms), `level`, `service`, `msg`, and what
 * is known of `order` (its number), `subject` (its id), `messageId`, `attempt` and `ms`, so that one order's id greps to its
 * whole story.
 */
export function createLogger(service: string, level: string): Logger {
  return pino({ level, base: { service }, hooks: { streamWrite } }, pino.destination({ sync: false, minLength: 0 }))
}

let file: LogFile | undefined
let waiting = ''

/**
 * Has all that this process logs written to a file, too, for programs whose output nobody collects. Throws when it
 * cannot be opened; what it does not take later is lost there, and told in the output.
 */
export function logTo(path: string, log: Logger): void {
  file = new LogFile(path)
  file.trouble = {
    lost: (reason) => log.error({ path, reason }, 'log.unwritable'),
    kept: (lostForMs) => log.info({ path, lostForMs }, 'log.writable'),
  }
  process.on('exit', flush)
}

/** Every line of this process comes by here, in the order in which they are written. */
function streamWrite(line: string): string {
  const safe = STRANGE.test(line) ? `${printable(line.trimEnd())}\n` : line
  const numbered = `{${nextNumber()},${safe.slice(1)}`
  if (file !== undefined) keep(numbered)
  return numbered
}

/** The lines of one turn go to the file together. */
function keep(line: string): void {
  if (waiting === '') setImmediate(flush)
  waiting += line
}

function flush(): void {
  const lines = waiting
  waiting = ''
  if (lines !== '') file?.append(lines)
}
