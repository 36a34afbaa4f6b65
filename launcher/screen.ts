import type { Writable } from 'node:stream'
import { nextNumber } from '../shared/line-number.ts'
import type { LogFile } from '../shared/log-file.ts'
import { printable } from '../terminal/printable.ts'
import type { ChildSpec } from './child-spec.ts'
import { createLineSplitter } from './line-splitter.ts'
import { createPainter, type Painter } from './paint.ts'
import { prettyLine } from './pretty-line.ts'
import type { Stream } from './spawn-child.ts'

const LEVELS = { info: 30, warn: 40, error: 50 } as const
const BACKLOG_MAX_BYTES = 8 * 1024 * 1024 // of a reader that stands still; the log file has every line

export type Level = keyof typeof LEVELS
/** Says one fact of the launcher's own, in the form the services use. */
export type Say = (level: Level, msg: string, fields?: object) => void

type Options = { out: Writable; logFile: LogFile; isPretty: boolean; isColoured: boolean }

/** Brings what all processes print to the terminal and to the log file: JSON lines, or people's lines. */
export class Screen {
  readonly paint: Painter
  readonly #options: Options
  readonly #splitters = new Map<string, (text: string) => string[]>()
  #isOpen = true

  constructor(options: Options) {
    this.#options = options
    options.logFile.trouble = {
      lost: (reason) => this.say('error', 'log.unwritable', { path: this.logPath, reason }),
      kept: (lostForMs) => this.say('info', 'log.writable', { path: this.logPath, lostForMs }),
    }
    this.paint = createPainter(options.isColoured)
    options.out.on('error', () => {
      this.#isOpen = false // EPIPE: whoever read us has gone, which is no reason to stop the shop
    })
  }

  get logPath(): string {
    return this.#options.logFile.path
  }

  /** Takes a piece of a process's output, as it came, and passes on the lines that are complete. */
  feed(spec: ChildSpec, text: string, stream: Stream): void {
    const lines = this.#splitterOf(spec.name, stream)(text)
    if (lines.length === 0) return
    const level = stream === 'stderr' ? 'warn' : 'info'
    this.#pass(
      lines.map((line) => (isJson(line) ? line : toJson(spec.name, level, line))),
      spec.isQuiet === true,
    )
  }

  say: Say = (level, msg, fields) => this.#pass([toJson('launcher', level, msg, fields)], false)

  /** Text for people, to the terminal only. */
  print(text: string): void {
    this.#write(`${text}\n`)
  }

  /** Resolves when the terminal has taken everything, or will not within the limit. */
  flush(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, limitMs).unref()
      if (!this.#isOpen) return resolve()
      this.#options.out.write('', () => resolve())
    })
  }

  #pass(lines: string[], isQuiet: boolean): void {
    const json = `${lines.join('\n')}\n`
    this.#options.logFile.append(json)
    if (isQuiet) return
    this.#write(this.#options.isPretty ? lines.map((line) => prettyLine(line, this.paint)).join('') : json)
  }

  #write(text: string): void {
    const { out } = this.#options
    if (this.#isOpen && out.writableLength < BACKLOG_MAX_BYTES) out.write(text)
  }

  #splitterOf(name: string, stream: Stream): (text: string) => string[] {
    const key = `${name} ${stream}`
    const splitter = this.#splitters.get(key) ?? createLineSplitter()
    this.#splitters.set(key, splitter)
    return splitter
  }
}

/** Good enough for lines by the ten thousand: pino's lines look like this, and stack traces do not. */
function isJson(line: string): boolean {
  return line.startsWith('{"') && line.endsWith('}')
}

/** A line of the launcher's, numbered as such, also where it passes on what others say in other words. */
function toJson(service: string, level: Level, msg: string, fields: object = {}): string {
  const line = JSON.stringify({ level: LEVELS[level], time: Date.now(), service, ...fields, msg })
  return `{${nextNumber()},${printable(line.slice(1))}`
}
