import { createHash } from 'node:crypto'
import { z } from 'zod'
import { clip, type ParsedLine } from './line.ts'

const ERROR = 50
const WORDS_MAX = 500 // characters, before anything is looked for in them
const STACK_MAX = 8_000

/** What lines have in common that tell of the same kind of failure. */
export type Failure = { fingerprint: string; service: string; msg: string; words: string; place: string | null }

const thrown = z.looseObject({
  type: z.string().catch(''),
  message: z.string().catch(''),
  stack: z.string().catch(''),
})

/** The kind of failure that a line tells of: it is of level 50, or carries an error. Null where it does not. */
export function failureOf({ level, service, msg, fields }: ParsedLine): Failure | null {
  const error = thrown.safeParse(fields.err).data
  if (level < ERROR && error === undefined) return null
  const reason = typeof fields.reason === 'string' ? fields.reason : ''
  const said = error === undefined ? reason : [error.type, error.message].filter(Boolean).join(': ')
  const kind = { service, msg: blank(msg), words: blank(said), place: placeIn(error?.stack ?? '') }
  return { ...kind, fingerprint: digest(Object.values(kind)) }
}

const QUOTED = /"[^"]*"|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g
const NUMBERED = /[\w-]*\d[\w-]*/g // a number, an id, an address: whatever has a digit in it
const LISTED = /…(?:[.:,/ ]+…)+/g

/** With … in place of what differs from one time to the next. */
function blank(text: string): string {
  return clip(text, WORDS_MAX).replace(QUOTED, '…').replace(NUMBERED, '…').replace(LISTED, '…')
}

const FRAME =
  /^\s+at (?:async )?(?:(?<name>[^\s(]+) .*)?\(?.*\/(?<file>(?:services|shared|launcher|simulators|terminal)\/[\w./-]+)\.[jt]s:\d/

/** Without the line of the file: it changes with every version, and then the same failure were another one. */
function placeIn(stack: string): string | null {
  for (const line of stack.slice(0, STACK_MAX).split('\n')) {
    if (line.includes('/node_modules/')) continue
    const { name, file } = FRAME.exec(line.slice(0, WORDS_MAX))?.groups ?? {}
    if (file !== undefined) return name === undefined ? file : `${name} (${file})`
  }
  return null
}

function digest(parts: (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
