import { topicKinds } from '../../shared/topics.ts'
import type { Client } from './db.ts'
import { latestAfter } from './latest.ts'
import type { Found, Row, Source, Wanted } from './source.ts'
import { type KeptRow, keptAfter, lastSeq, prunedUpTo, recentAfter, TOLD_AGAIN_MAX } from './topics.ts'

/** The topics that are kept here, read from the disk: whichever process of the service wrote it down. */
export function ownSource(read: Client): Source {
  const newest = rememberNewest(read)
  const toldOn = followToldOn(read)
  return {
    name: 'own',
    read: async (wanted) => {
      await newest.readOn()
      const found = await toldOn(wanted.filter(isToldOn))
      return wanted.map((one) => found.get(one) ?? newest.of(one))
    },
  }
}

const isToldOn = ({ topic }: Wanted) => topicKinds[topic.kind].isToldOn

/** How it is now, in memory: whoever comes costs no look at the disk. As many as there are skus. */
function rememberNewest(read: Client) {
  const latest = new Map<string, KeptRow>()
  let upTo = 0
  return {
    readOn: async () => {
      for (const row of await latestAfter(read, upTo)) {
        latest.delete(row.topic) // what has changed last stands last
        latest.set(row.topic, row)
        upTo = row.seq
      }
    },
    of: ({ topic: { name, kind, id }, after }: Wanted): Found => {
      const one = id === null ? undefined : latest.get(name)
      const all = id === null ? [...latest.values()].filter((row) => row.topic.startsWith(`${kind}:`)) : []
      const rows = [...(one === undefined ? [] : [one]), ...all].filter(({ seq }) => seq > after)
      return { rows: rows.map(rowOf), since: after, upTo }
    },
  }
}

/** Those who have been told all are served with one look, and who has just come, or is late, with one of their own. */
function followToldOn(read: Client): (wanted: Wanted[]) => Promise<Map<Wanted, Found>> {
  let seen = 0
  return async (wanted) => {
    if (wanted.length === 0) return new Map()
    const upTo = await lastSeq(read) // first: all before it is there, and what comes meanwhile is told the next time
    const recent = upTo > seen ? await recentAfter(read, seen) : []
    const pruned = await prunedUpTo(read)
    const found = new Map<Wanted, Found>()
    for (const one of wanted) {
      const { topic, after } = one
      const isOfRecent = recent !== null && after >= seen
      const rows = isOfRecent
        ? recent.filter((row) => row.topic === topic.name)
        : await keptAfter(read, topic.name, after)
      const until = rows.filter(({ seq }) => seq > after && seq <= upTo)
      found.set(one, foundOf(until, Math.max(after, pruned), upTo))
    }
    seen = upTo
    return found
  }
}

/** One more than is told again was read, to know whether there is more. */
function foundOf(rows: KeptRow[], since: number, upTo: number): Found {
  const last = rows.at(-TOLD_AGAIN_MAX - 1)?.seq ?? since
  return { rows: rows.slice(-TOLD_AGAIN_MAX).map(rowOf), since: last, upTo }
}

function rowOf({ seq, kind, at, data: json }: KeptRow): Row {
  return { seq, kind, at: new Date(at).toISOString(), json }
}
