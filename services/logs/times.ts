import { Int32Histogram } from 'hdr-histogram-js'
import type { Times as Told } from './summary-answer.ts'

const DAY_MS = 24 * 3_600_000
const DIGITS = 2 // of a time are told apart: steps of less than 1 %

/**
 * How long something took (ms), and how often it was that, in the steps of HdrHistogram. Two of them are added step by step and
 * lose nothing by it; percentiles are not, so they are made last.
 */
export type Times = Map<number, number>

/** Counts one more; longer than a day is a day. */
export function noteTime(times: Times, ms: number): void {
  add(times, scale.lowestEquivalentValue(Math.min(Math.round(ms), DAY_MS)), 1)
}

export function addTimes(to: Times, more: Times): void {
  for (const [ms, count] of more) add(to, ms, count)
}

/** As it is kept: pairs of a step and its count, one after the other. */
export function textOf(times: Times): string {
  return JSON.stringify([...times].flat())
}

export function timesIn(text: string): Times {
  const flat: number[] = JSON.parse(text)
  const times: Times = new Map()
  for (let i = 0; i + 1 < flat.length; i += 2) add(times, flat[i] ?? 0, flat[i + 1] ?? 0)
  return times
}

/** What people are told of them; null where there are none. */
export function toldOf(times: Times): Told | null {
  if (times.size === 0) return null
  scale.reset()
  for (const [ms, count] of times) scale.recordValueWithCount(ms, count)
  const at = (percentile: number) => scale.getValueAtPercentile(percentile)
  return { count: scale.totalCount, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
}

/** One for all: nothing stays in it from one call to the next. */
const scale = new Int32Histogram(1, DAY_MS, DIGITS)

function add(times: Times, ms: number, count: number): void {
  times.set(ms, (times.get(ms) ?? 0) + count)
}
