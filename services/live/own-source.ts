import { topicKinds } from '../../shared/topics.ts'
import type { Client } from './db.ts'
import { latestAfter } from './latest.ts'
import type { Found, Row, Source, Wanted } from './source.ts'
import { type KeptRow, keptAfter, lastSeq, newestOf, prunedUpTo, recentAfter, TOLD_AGAIN_MAX } from './topics.ts'

const BEGINS_WITH = 50

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
      return { rows: rows.map(rowOf), since: after, begins: 0, upTo }
    },
  }
}

/** Those who have been told all are served with one look, and who has just come, or is late, with one of their own. */
function followToldOn(read: Client): (wanted: Wanted[]) => Promise<Map<Wanted, Found>> {
  let seen = 0
  return async (wanted) => {
    if (wanted.length === 0) return new Map()
    const last = await lastSeq(read) // first: all before it is there, and what comes meanwhile is told the next time
    const pruned = await prunedUpTo(read)
    const upTo = Math.max(last, pruned)
    const recent = upTo > seen ? await recentAfter(read, seen) : []
    const rowsOf = async ({ topic: { name }, after }: Wanted) =>
      recent !== null && after >= seen
        ? recent.filter(({ topic, seq }) => topic === name && seq > after && seq <= upTo)
        : keptAfter(read, name, after, upTo)
    const find = async (one: Wanted): Promise<Found> => {
      const rows = await rowsOf(one)
      const since = rows.at(-TOLD_AGAIN_MAX - 1)?.seq ?? Math.max(one.after, pruned) // one more is read, to know whether there are more
      const isAll = since === one.after
      const newest = isAll ? newestAmong(rows) : await newestOf(read, one.topic.name, upTo, BEGINS_WITH)
      const told = union(newest, rows.slice(-TOLD_AGAIN_MAX))
      return { rows: told.map(rowOf), since, begins: before(newest, upTo), upTo }
    }
    const found = new Map<Wanted, Found>()
    for (const one of wanted) found.set(one, await find(one))
    seen = upTo
    return found
  }
}

/** By the ids of their events, which grow with time: after a loss of the database what has just happened may be kept before history. */
function newestAmong(rows: KeptRow[]): KeptRow[] {
  return rows.toSorted((a, b) => (a.event < b.event ? 1 : -1)).slice(0, BEGINS_WITH)
}

const before = (newest: KeptRow[], upTo: number) => newest.reduce((least, { seq }) => Math.min(least, seq - 1), upTo)

function union(some: KeptRow[], more: KeptRow[]): KeptRow[] {
  const bySeq = new Map([...some, ...more].map((row) => [row.seq, row]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

function rowOf({ seq, kind, at, data: json }: KeptRow): Row {
  return { seq, kind, at: new Date(at).toISOString(), json }
}
