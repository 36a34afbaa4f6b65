import { z } from 'zod'
import { languages } from '../../../shared/customer-events.ts'

// Controls and half characters have no place in what others read; a text may have lines.
const ON_ONE_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u
const IN_LINES = /^(?:[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\n)*$/u
const error = 'must not contain control characters'

/** What the admin tells everyone. */
export const newsRequest = z.object({
  title: z.string().trim().min(1, 'must not be empty').max(120).regex(ON_ONE_LINE, { error }),
  text: z.string().trim().min(1, 'must not be empty').max(2_000).regex(IN_LINES, { error }),
  language: z.enum(languages).optional().describe('In which it is written; for readers of all languages if not said'),
})

export const newsHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .describe('Makes a repetition safe: the same key and body get the same answer, and are told once.'),
})

export const newsAnswer = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  language: z.enum(languages).nullable(),
  at: z.iso.datetime(),
})

export type NewsRequest = z.infer<typeof newsRequest>
export type NewsAnswer = z.infer<typeof newsAnswer>
