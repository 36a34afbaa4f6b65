import { z } from 'zod'

const iso = z.iso.datetime()
const counts = { lines: z.int(), warnings: z.int(), errors: z.int().describe('Of level 50 and above') }

const times = z.object({ count: z.int(), p50: z.int(), p95: z.int(), p99: z.int(), max: z.int() })

const fact = z.object({
  service: z.string(),
  msg: z.string(),
  level: z.int(),
  count: z.int(),
  ms: times.nullable().describe('What its lines say of `ms`, to 1 %; null where they say nothing'),
})

/** `more` or `less` than is usual, or `new`: a warning or an error that was not told before. */
const anomalyKinds = ['more', 'less', 'new'] as const

/** What a minute is compared with. */
const bases = ['hour', 'lately'] as const

/** Something that is told more often or less often than at other times. */
const anomalyAnswer = z.object({
  service: z.string(),
  msg: z.string(),
  kind: z.enum(anomalyKinds),
  perMinute: z.int().describe('How often it is told, in the minute in which that differed most'),
  usualLow: z.int().describe('Nine of ten of the minutes that were compared with had as many, or more'),
  usualHigh: z.int().describe('Nine of ten of them had as many, or fewer'),
  minutes: z.int().describe('How many minutes were compared with'),
  basis: z
    .enum(bases)
    .describe('Which: around this hour on the days before, or the last three hours where there are too few'),
  since: iso,
  until: iso.nullable().describe('Null while it goes on'),
  words: z.string().describe('The same for people'),
})

/** What was told in a window that ends now: per minute, by service, and by what it says. */
export const summaryAnswer = z.object({
  since: iso,
  until: iso,
  ...counts,
  newestAt: iso.nullable().describe('When the newest line was written that is kept; null where none is'),
  perMinute: z.array(z.object({ at: iso, ...counts })).describe('Every minute of the window, the oldest first'),
  services: z.array(z.object({ service: z.string(), ...counts })).describe('The busiest first'),
  facts: z.array(fact).describe('The most frequent first, at most 200'),
  anomalies: z.array(anomalyAnswer).describe('That fall into the window, the newest first'),
})

export type SummaryAnswer = z.infer<typeof summaryAnswer>
export type AnomalyAnswer = z.infer<typeof anomalyAnswer>
export type AnomalyKind = (typeof anomalyKinds)[number]
export type Basis = (typeof bases)[number]
export type Times = z.infer<typeof times>
