import { groupRead } from '../../shared/protocol/group-commit.ts'
import { type Topic, topicNamed } from '../../shared/topics.ts'
import type { Found, Source } from './source.ts'

const KNOWN_MAX = 10_000

/** Whether there is a sale of this id. */
export type KnowsSale = (id: string) => Promise<boolean>

/**
 * Asks sale once for each: what there is stays. Those who come at once share a call, as a crowd does that comes back. While sale is
 * away it is believed, for nothing is told that was not said there.
 */
export function createKnownSales(sale: Source): KnowsSale {
  const known = new Set<string>()
  const find = groupRead(sale, findSales)
  return async (id) => {
    const topic = topicNamed(`sale:${id}`)
    if (topic === null) return false
    if (known.has(id)) return true
    const found = await find(topic)
    if (found === undefined) return true
    if (found === null) return false
    if (known.size >= KNOWN_MAX) known.clear()
    known.add(id)
    return true
  }
}

/** Undefined where nobody could be asked. */
async function findSales(sale: Source, topics: Topic[]): Promise<(Found | null | undefined)[]> {
  const wanted = [...new Map(topics.map((topic) => [topic.name, { topic, after: 0, session: undefined }])).values()]
  const found = await sale.read(wanted).catch(() => [])
  const byName = new Map(wanted.map(({ topic }, i) => [topic.name, found[i]]))
  return topics.map(({ name }) => byName.get(name))
}
