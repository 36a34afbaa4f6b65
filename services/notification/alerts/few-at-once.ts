import { Busy } from '../../../shared/events.ts'
import type { Outside } from '../../../shared/handler.ts'
import { createTurns } from '../../../shared/turns.ts'

const PATIENCE_MS = 15_000 // what has waited here for longer goes back to its list, before its sender misses it
const AGAIN_MS = 1_000

/**
 * Of all that one handler wants to call outside, so many at once, the others in their order: calls go out first in, first out, so
 * what comes for a crowd would stand before all receipts. Rejects with `Busy` what has waited for too long.
 */
export function fewAtOnce(atOnce: number): (outside: Outside) => Outside {
  const inTurn = createTurns(atOnce)
  return (outside) => (call) => {
    const since = performance.now()
    return inTurn(async () => {
      if (performance.now() - since > PATIENCE_MS) throw new Busy('not its turn', AGAIN_MS)
      return outside(call)
    })
  }
}
