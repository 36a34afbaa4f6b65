import { z } from 'zod'

/** A line as it is kept. `at` in ms; `text` is the whole line. */
export type Line = {
  run: string
  n: number
  at: number
  level: number
  service: string
  msg: string
  subject: string | null
  order: string | null
  text: string
}

/** A line with what else it says: how long something took, and all of its fields; none where it is no JSON. */
export type ParsedLine = Line & { ms: number | null; fields: Readonly<Record<string, unknown>> }

/** Where lines stood: the file, as the events call it, and the byte that the first of them begins with. */
export type Place = { inode: string; from: number }

/** Whether a program of ours has numbered it; else `run` is `~` and the file, and `n` a number that only grows there. */
export const isNumbered = ({ run }: { run: string }) => !run.startsWith(FOREIGN)

/**
 * The lines of a batch. What has no number is kept too, under its place; each takes two bytes of its file or more, so
 * `from` and its place in the batch are no other's. `now` is when it was written, where it does not say.
 */
export function parseLines(lines: string, place: Place, now: number): ParsedLine[] {
  return lines.split('\n').flatMap((text, i) => (text === '' ? [] : parseLine(text, place, i, now)))
}

const FOREIGN = '~'
const INFO = 30
const WIDTHS = { service: 64, msg: 200, subject: 100, order: 64 } // characters, of what is looked for
const UNSTORABLE = /[\0\p{Surrogate}]/gu // by one database or another; the latter are halves of letters
const NUMBER = /^\{"run":"([\w-]{4,32})","n":(\d{1,15})[,}]/ // first in a line, so a cut one has it too

const shape = z.looseObject({
  time: z.int().nonnegative().optional().catch(undefined),
  level: z.int().min(0).max(1_000).optional().catch(undefined),
  service: z.string().optional().catch(undefined),
  msg: z.string().optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
  order: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  ms: z.number().nonnegative().optional().catch(undefined),
})

function parseLine(raw: string, { inode, from }: Place, i: number, now: number): ParsedLine {
  const text = raw.replaceAll('\0', '\uFFFD') // a database may not take it
  const { time, level, service, msg, subject, order, ms, ...rest } = fieldsOf(text)
  const number = NUMBER.exec(text)
  return {
    ...(number ? { run: number[1] ?? '', n: Number(number[2]) } : { run: `${FOREIGN}${inode}`, n: from + i }),
    ...{ at: time ?? now, level: level ?? INFO, service: clip(service ?? '', WIDTHS.service) },
    msg: clip(msg ?? text, WIDTHS.msg),
    subject: subject === undefined ? null : clip(subject, WIDTHS.subject),
    order: order === undefined ? null : clip(order, WIDTHS.order),
    ...{ text, ms: ms ?? null, fields: rest },
  }
}

function fieldsOf(text: string): z.infer<typeof shape> {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? {}
  } catch {
    return {} // somebody else's, or cut off
  }
}

/** At most so many characters, as any database takes them. */
export const clip = (text: string, width: number) => text.slice(0, width).replace(UNSTORABLE, '\uFFFD')
