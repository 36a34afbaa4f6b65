import { changedAnswer, POSITIONS_MAX } from '../../shared/topics.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import { askedSource } from './asked-source.ts'
import type { Found, Source, Wanted } from './source.ts'

const WHOLE_MS = 5_000 // between two looks at all: whether a session still holds only order can tell

/**
 * The orders that are watched. As long as they fit into one call all are asked for each time; where they are more, only those to which
 * something has happened, those who have just come, and every five seconds all.
 */
export function orderSource(ask: Ask, now = () => performance.now()): Source {
  const source = askedSource('order', ask)
  const known = new Map<string, number>()
  let since = 0
  let wholeAt = Number.NEGATIVE_INFINITY
  const read = async (wanted: Wanted[]) => {
    const found = await source.read(wanted)
    for (const [i, one] of wanted.entries()) known.set(keyOf(one), found[i]?.upTo ?? 0)
    return found
  }
  const readWhole = async (wanted: Wanted[]) => {
    wholeAt = now()
    known.clear()
    return read(wanted)
  }
  const readChanged = async (wanted: Wanted[], changed: string[] | null) => {
    if (changed === null || now() - wholeAt >= WHOLE_MS) return readWhole(wanted)
    const topics = new Set(changed)
    const news = wanted.filter((one) => topics.has(one.topic.name) || known.get(keyOf(one)) !== one.after)
    const found = await read(news)
    const byOne = new Map(news.map((one, i) => [one, found[i] ?? null]))
    return wanted.map((one) => byOne.get(one) ?? (byOne.has(one) ? null : nothingNew(one)))
  }
  return {
    name: source.name,
    read: async (wanted) => {
      if (wanted.length <= POSITIONS_MAX) return source.read(wanted)
      const changed = await askChanged(ask, since)
      const found = await readChanged(wanted, changed.topics)
      since = changed.upTo // not where that has failed
      return found
    },
  }
}

const keyOf = ({ topic, session }: Wanted) => `${topic.name} ${session?.session ?? ''}`

const nothingNew = ({ after }: Wanted): Found => ({ rows: [], since: after, begins: 0, upTo: after })

async function askChanged(ask: Ask, since: number) {
  const reply = await ask('order', '/ops/topics/changed', { since })
  if (reply?.status !== 200) throw new Error('order does not say what has changed there')
  return changedAnswer.parse(reply.body)
}
