import type { Figure } from '../../shared/figure.ts'
import type { Row } from './source.ts'

const SAMPLES = 1_000

/** What is counted of what is told. */
export type Tally = {
  /** Somebody was told so many events; `rows` are those that were news, and not told again. */
  told(events: number, rows: Row[]): void
  cut(): void
  figures(): Figure[]
}

/** How long it takes from when something happened until it is told is known of the last thousand. */
export function createTally(now: () => number = Date.now): Tally {
  const waitsMs: number[] = []
  let [told, cut, next, lastSeq] = [0, 0, 0, 0]
  const sample = ({ seq, at }: Row) => {
    if (at === null || seq === lastSeq) return
    lastSeq = seq
    waitsMs[next++ % SAMPLES] = Math.max(0, now() - Date.parse(at)) // clocks step back
  }
  const percentile = (share: number) => {
    const sorted = waitsMs.toSorted((a, b) => a - b)
    return sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  }
  return {
    told: (events, rows) => {
      told += events
      const last = rows.at(-1)
      if (events > 0 && last !== undefined) sample(last)
    },
    cut: () => void cut++,
    figures: () => [
      { name: 'live_told', help: 'Events told since start, to all who watch', value: () => told },
      { name: 'live_cut', help: 'Streams cut since start because nobody read them', value: () => cut },
      {
        name: 'live_wait_p50_ms',
        help: 'From when something happened until it is told: half of it',
        value: () => percentile(0.5),
      },
      {
        name: 'live_wait_p99_ms',
        help: 'From when something happened until it is told: 99 %',
        value: () => percentile(0.99),
      },
    ],
  }
}
