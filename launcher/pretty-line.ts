import { z } from 'zod'
import { programs } from '../services/all.ts'
import { simulators } from '../shared/start/environment.ts'
import { printable } from '../terminal/printable.ts'
import type { Colour, Painter } from './paint.ts'

const NAME_WIDTH = Math.max(...[...programs, ...simulators].map((name) => name.length))
const FACT_WIDTH = 18
const SHORT_ID_CHARS = 8

const palette: Colour[] = ['cyan', 'yellow', 'green', 'magenta', 'red']
const others = 'blue' // simulators, Redis
const colours = new Map<string, Colour>([
  ['launcher', 'bold'],
  ...programs.map((name, i) => [name, palette[i % palette.length] ?? others] as const),
])
const levels: Record<number, { word: string; colour: Colour }> = {
  10: { word: 'trace', colour: 'dim' },
  20: { word: 'debug', colour: 'dim' },
  40: { word: 'WARN', colour: 'yellow' },
  50: { word: 'ERROR', colour: 'red' },
  60: { word: 'FATAL', colour: 'red' },
}

const logLine = z.looseObject({
  time: z.number(),
  level: z.number(),
  service: z.string(),
  msg: z.string().default(''),
  order: z.union([z.string(), z.number()]).optional(),
  err: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
})

/** One log line for people's eyes: time, who, what, to which order, and the rest as `key=value`. */
export function prettyLine(line: string, paint: Painter): string {
  const parsed = parse(line)
  if (!parsed) return `${printable(line)}\n`
  const { time, level, service, msg, order, err, pid: _pid, hostname: _host, run: _run, n: _n, ...rest } = parsed
  const known = levels[level]
  const details = fields(rest)
  const parts = [
    paint('dim', clock(time)),
    paint(colours.get(service) ?? others, printable(service).padEnd(NAME_WIDTH)),
    known && paint(known.colour, known.word),
    printable(msg).padEnd(FACT_WIDTH),
    order !== undefined && paint('bold', printable(String(order))),
    details && paint('dim', printable(details)),
    err && paint('red', linesOf(err.stack ?? err.message)),
  ]
  return `${parts.filter(Boolean).join(' ').trimEnd()}\n`
}

const linesOf = (text: string) => text.split('\n').map(printable).join('\n')

function parse(line: string): z.infer<typeof logLine> | undefined {
  try {
    return logLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined // it only looked like JSON
  }
}

function clock(timeMs: number): string {
  const at = new Date(timeMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  return `${time}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

function fields(rest: Record<string, unknown>): string {
  return Object.entries(rest)
    .map(([key, value]) => (isId(key, value) ? `${key}=…${value.slice(-SHORT_ID_CHARS)}` : `${key}=${show(value)}`))
    .join(' ')
}

/** Ids begin with their time and end in chance: the end tells two apart, and greps. */
function isId(key: string, value: unknown): value is string {
  return /(Id|^subject)$/.test(key) && typeof value === 'string' && value.length > 2 * SHORT_ID_CHARS
}

function show(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)
}
