import { z } from 'zod'
import { MINUTE_MS, minuteOf } from './rollups.ts'

const DAY_MINUTES = 24 * 60

/** A moment in a query, in ms. */
export const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** How far back a question goes. */
export const windowQuery = z.object({
  minutes: z.coerce.number().int().min(1).max(DAY_MINUTES).default(60).describe('That many, up to now.'),
})

/** From `since` to before `until`, in ms. */
export type Window = { since: number; until: number }

/** The minutes up to now; the last of them is not over. */
export function windowOf(minutes: number, now: number): Window {
  return { since: minuteOf(now) - (minutes - 1) * MINUTE_MS, until: now }
}

/** The beginnings of its minutes. */
export function minutesOf({ since, until }: Window): number[] {
  return Array.from({ length: Math.ceil((until - since + 1) / MINUTE_MS) }, (_, i) => since + i * MINUTE_MS)
}
