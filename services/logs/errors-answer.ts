import { z } from 'zod'

const iso = z.iso.datetime()

const error = z.object({
  fingerprint: z.string(),
  service: z.string(),
  msg: z.string(),
  words: z.string().describe('What went wrong, with … in place of numbers, ids and what was quoted'),
  place: z.string().nullable().describe('The first of our own code in its stack; null where none is known'),
  count: z.int().describe('In this window'),
  firstAt: iso.describe('Ever'),
  lastAt: iso,
  sample: z.string().describe('The newest line of its kind, as it was written'),
})

/** What goes wrong, once for each kind. */
export const errorsAnswer = z.object({
  since: iso,
  until: iso,
  errors: z.array(error).describe('The most frequent first, at most 100'),
  total: z.int().describe('Lines in this window, of all kinds'),
})

export type ErrorsAnswer = z.infer<typeof errorsAnswer>
