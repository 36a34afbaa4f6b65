/** An order of a sale: made at `placedAt`, to be paid until `payBy`. Times in ms. */
export type Offer = { placedAt: number; payBy: number }

/**
 * How long after each deadline its unit was somebody else's to pay, in ms. Nobody pays in this sale, and all its `units` were
 * offered at the start: so the n-th offer after these takes the unit of the n-th deadline, whichever order that was.
 */
export function handovers(offers: Offer[], units: number): number[] {
  const ascending = (a: number, b: number) => a - b
  const deadlines = offers.map(({ payBy }) => payBy).sort(ascending)
  const made = offers.map(({ placedAt }) => placedAt).sort(ascending)
  return made.slice(units).map((at, n) => at - (deadlines[n] ?? Number.NaN))
}
