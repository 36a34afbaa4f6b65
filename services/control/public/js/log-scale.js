/** @import { Spread } from '../../room/snapshot.ts' */

const LEAST_MS = 1
const DECADES = 5 // up to 100 s; what is longer is at the top

/** How high a span stands on a scale on which each step of ten is as high: one that took for ever flattens no others. @param {number | null} ms */
export function heightOf(ms) {
  return ms === null ? null : Math.min(1, Math.max(0, Math.log10(Math.max(ms, LEAST_MS) / LEAST_MS) / DECADES))
}

/** The steps that are named beside the scale, in ms. */
export const STEPS_MS = [1, 10, 100, 1_000, 10_000, 100_000]

/**
 * The last value that there was, and how many seconds before the end.
 * @template T
 * @param {(T | null)[]} values
 * @returns {{ value: T, ageS: number } | null}
 */
export function lastIn(values) {
  const at = values.findLastIndex((value) => value !== null)
  const value = values[at]
  return value == null ? null : { value, ageS: values.length - 1 - at }
}
