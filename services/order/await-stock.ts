import type { Trouble } from '../../shared/health.ts'
import type { ReadAvailable } from './available-stock.ts'

const LIMIT_MS = 10_000 // an inventory that is down shuts no shop: the window is shown without numbers then
const LOOKED_AT = 100 // products; inventory labels all of them at once

/**
 * What keeps a shop that has just started from being ready: its window cannot say yet what is in stock. Null once it
 * could, and in any case when the limit is over. Orders are taken all the time.
 */
export function awaitStock(
  readAvailable: ReadAvailable,
  skus: string[],
  now: () => number = () => performance.now(),
): () => Promise<Trouble | null> {
  const since = now()
  let isKnown = skus.length === 0
  return async () => {
    isKnown ||= Object.keys((await readAvailable(skus.slice(0, LOOKED_AT))) ?? {}).length > 0
    const forMs = Math.round(now() - since)
    if (isKnown || forMs >= LIMIT_MS) return null
    return { what: 'stock', reason: 'inventory has not said yet what is in stock', forMs }
  }
}
