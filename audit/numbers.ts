/** Whole numbers from one to another, both included. */
export type Range = { from: number; to: number }

/** All the ranges as few as they can be, in their order: those that touch or overlap are one. */
export function joined(ranges: Iterable<Range>): Range[] {
  const all: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last === undefined || range.from > last.to + 1) all.push({ ...range })
    else last.to = Math.max(last.to, range.to)
  }
  return all
}

/** What is missing from 1 up to the greatest number that there is. */
export function holesIn(ranges: Iterable<Range>): Range[] {
  const whole = joined([{ from: 0, to: 0 }, ...ranges])
  return whole.slice(1).map(({ from }, i) => ({ from: (whole[i]?.to ?? 0) + 1, to: from - 1 }))
}

/** What of these is in none of the others. */
export function without(ranges: Range[], others: Range[]): Range[] {
  return others.reduce((left, other) => left.flatMap((one) => cut(one, other)), ranges)
}

function cut({ from, to }: Range, other: Range): Range[] {
  const before = { from, to: Math.min(to, other.from - 1) }
  const after = { from: Math.max(from, other.to + 1), to }
  if (other.to < from || other.from > to) return [{ from, to }]
  return [before, after].filter((range) => range.from <= range.to)
}

/** How many numbers there are in these. */
export const countIn = (ranges: Range[]): number => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)

/** Numbers as they come, most of them each one more than the last: held as ranges. */
export class Numbers {
  readonly #ranges: Range[] = []

  add(n: number): void {
    const last = this.#ranges.at(-1)
    if (last !== undefined && n >= last.from && n <= last.to + 1) last.to = Math.max(last.to, n)
    else this.#ranges.push({ from: n, to: n })
  }

  ranges(): Range[] {
    return joined(this.#ranges)
  }
}
