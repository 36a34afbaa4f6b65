const ANSWERS = 4 // a few seconds: a rate that moves, and does not jump

/** How often a service says each event, from answer to answer. */
export type Meter = {
  /** Notes what was said in the `sinceMs` since the answer before; null where there was none that this one follows. */
  note(sinceMs: number | null, sent: { name: string; count: number }[]): void
  /** Events per second; null while it is not known. */
  perS(event: string): number | null
}

export function createMeter(): Meter {
  let answers: { sinceMs: number; counts: Map<string, number> }[] = []
  return {
    note: (sinceMs, sent) => {
      const counts = new Map(sent.map(({ name, count }) => [name, count]))
      answers = sinceMs === null ? [] : [...answers, { sinceMs, counts }].slice(-ANSWERS)
    },
    perS: (event) => {
      const ms = answers.reduce((sum, { sinceMs }) => sum + sinceMs, 0)
      const count = answers.reduce((sum, { counts }) => sum + (counts.get(event) ?? 0), 0)
      return ms === 0 ? null : Math.round((count * 10_000) / ms) / 10
    },
  }
}
