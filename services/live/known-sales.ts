import { topicNamed } from '../../shared/topics.ts'
import type { Source } from './source.ts'

const KNOWN_MAX = 10_000

/** Whether there is a sale of this id. */
export type KnowsSale = (id: string) => Promise<boolean>

/** Asks sale once for each: what there is stays. While sale is away it is believed, for nothing is told that was not said there. */
export function createKnownSales(sale: Source): KnowsSale {
  const known = new Set<string>()
  return async (id) => {
    const topic = topicNamed(`sale:${id}`)
    if (topic === null) return false
    if (known.has(id)) return true
    const [found] = await sale.read([{ topic, after: 0, session: undefined }]).catch(() => [undefined])
    if (found === undefined) return true
    if (found === null) return false
    if (known.size >= KNOWN_MAX) known.clear()
    known.add(id)
    return true
  }
}
