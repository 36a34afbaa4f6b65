/** A figure over several rounds. */
export type Spread = { median: number; min: number; max: number }

/** Of no rounds nothing can be said. */
export function spreadOf(values: number[]): Spread | undefined {
  if (values.length === 0) return undefined
  return { median: percentile(values, 0.5), min: Math.min(...values), max: Math.max(...values) }
}

/** The value below which that share of all values is, in between two of them if need be; NaN of none. */
export function percentile(values: number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  const place = (sorted.length - 1) * share
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below + (above - below) * (place % 1)
}
