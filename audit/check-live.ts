import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'

/** Is what happens kept for all who watch, once, and are the stock and the prices that they are told the newest? */
export function* checkLive({ live, stock, isSaidToRest }: Books): Findings {
  if (live === null) return
  for (const { id, name, subject } of live.missing) yield finding('unwatched', id, `${name} of ${subject}`)
  for (const { id, detail } of live.stale) yield finding('stale', id, detail)
  if (!isSaidToRest) return
  for (const { id, name, subject } of live.unfounded)
    yield finding('withoutEvent', id, `${name} in ${subject} is told to all who watch, and nobody has said it`)
  for (const { sku, available, told } of stock.shelves)
    if (told !== null && told !== available)
      yield finding('stale', sku, `${told} was told last, and ${available} are free`)
}
