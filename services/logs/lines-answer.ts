import { z } from 'zod'

const iso = z.iso.datetime()

/** A line as it is told. This file and its likes stand by themselves, for the page reads their types, too. */
const lineAnswer = z.object({
  seq: z.int().describe('Its place among all lines that were kept'),
  at: iso.describe('When it was written'),
  level: z.int().describe('30 a fact, 40 a warning, 50 an error, 60 the end of a program'),
  service: z.string(),
  msg: z.string(),
  subject: z.string().nullable().describe('The id of what it is about'),
  order: z.string().nullable().describe('The number of the order that it is about'),
  run: z.string().describe('Which start of its program has written it; ~ and a file where none of ours has'),
  n: z.int().describe('Its number in that run, from 1'),
  text: z.string().describe('The whole line; of a stream the first 8,000 characters'),
})

/** What was found, and how far back was looked for it. */
export const linesAnswer = z.object({
  lines: z.array(lineAnswer).describe('The newest first'),
  next: z.int().nullable().describe('`after` of the next page; null where nothing older is left to look through'),
  looked: z.int().describe('Lines that were looked through'),
  lookedBackTo: iso.nullable().describe('When the oldest of them was written; null where there was none'),
  tookMs: z.int(),
})

/** One event of what is watched; its id is the `seq` up to which it tells. */
export const newsAnswer = z.object({
  lines: z.array(lineAnswer).describe('The oldest first'),
  skipped: z.int().describe('Lines before these that nobody could have read so fast'),
})

export type LineAnswer = z.infer<typeof lineAnswer>
export type LinesAnswer = z.infer<typeof linesAnswer>
export type NewsAnswer = z.infer<typeof newsAnswer>
