import { matrixOf } from './fate.ts'
import type { LoopNow, Sent, Try } from './loop-answer.ts'

const KEPT = 24 // the page shows fewer

/** What was broken, and with which orders under way. */
export function createTries() {
  let tries: Omit<Try, 'until'>[] = []
  return {
    add: (one: Omit<Try, 'until'>): void => {
      tries = [...tries, one].slice(-KEPT)
    },
    /** When each of them broke, and what came of the newest of each kind. */
    now: (sent: readonly Sent[]): Pick<LoopNow, 'tries' | 'matrix'> => {
      const placed = tries.map((one) => ({ ...one, ...brokeAt(one, sent) }))
      return { tries: placed, matrix: matrixOf(placed, sent) }
    },
    clear: (): void => {
      tries = []
    },
  }
}

/** From the first to the last death with one of them in hand, unless it is known already. */
function brokeAt({ at, numbers }: Omit<Try, 'until'>, sent: readonly Sent[]): Pick<Try, 'at' | 'until'> {
  const concerned = sent.filter(({ number }) => numbers.includes(number))
  const deaths = concerned.flatMap(({ left, right }) => [...left.deaths, ...right.deaths].map((death) => death.at))
  const inOrder = deaths.sort((a, b) => a - b)
  return { at: at ?? inOrder[0] ?? null, until: at ?? inOrder.at(-1) ?? null }
}
