import { z } from 'zod'

const iso = z.iso.datetime()

const run = z.object({
  run: z.string(),
  service: z.string(),
  last: z.int().describe('The highest number that was kept'),
  lines: z.int().describe('How many lines of it were kept'),
  missing: z.int().describe('Numbers up to the highest that are not among them'),
  beganAt: iso,
  lastAt: iso,
})

const gap = z.object({
  at: iso,
  file: z.string(),
  bytes: z.int().describe('At least'),
  reason: z.string(),
})

/** Whether every line that was numbered was kept, counted by the numbers. */
export const completenessAnswer = z.object({
  isComplete: z.boolean().describe('No number is missing, and no gap is known'),
  runs: z.int().describe('Starts of programs'),
  lines: z.int(),
  missing: z.int(),
  gaps: z.int(),
  newestRuns: z.array(run).describe('Those that miss most first, then the newest; at most 100'),
  newestGaps: z.array(gap).describe('The newest first, at most 100'),
})

export type CompletenessAnswer = z.infer<typeof completenessAnswer>
