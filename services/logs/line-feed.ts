import { every } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { EventStream } from '../../shared/web/event-stream.ts'
import type { Client } from './db.ts'
import { answerOf, type KeptLine } from './kept-line.ts'
import { clip } from './line.ts'
import type { NewsAnswer } from './lines-answer.ts'
import { newestSeq } from './newest-line.ts'
import { type Filter, linesBefore, type News, newsBetween, SHOWN_MAX, type Watched } from './news.ts'

const TELL_MS = 500
const FIRST_MAX = 100
const NEW_MAX = 200

type Stream = Pick<EventStream, 'send' | 'end'>
/** `told` is the `seq` up to which it has been told; null before the first event. */
type Watcher = Watched & { stream: Stream; told: number | null }

/** Those who watch the log. */
export type LineFeed = {
  /** Tells what comes after `after`, or the last lines first, until the returned function is called. */
  watch(stream: Stream, filter: Filter, after: number | null): () => void
  stop(): Promise<void>
}

/** Looks twice a second while somebody watches, and not at all otherwise. */
export function createLineFeed(read: Client, health: Health): LineFeed {
  const watchers = new Set<Watcher>()
  const tell = async () => {
    if (watchers.size === 0) return
    const upTo = await newestSeq(read)
    for (const [told, group] of byPlace(watchers, upTo)) {
      const news =
        told === null ? await endsFor(read, upTo, group) : await newsBetween(read, { after: told, upTo }, group)
      for (const [watcher, { lines, skipped }] of news) {
        watcher.told = upTo
        const isSilent = told !== null && lines.length + skipped === 0
        if (!isSilent && watchers.has(watcher))
          watcher.stream.send(upTo, { lines: lines.map(shown), skipped } satisfies NewsAnswer)
      }
    }
  }
  const restMs = () => (watchers.size === 0 ? Number.POSITIVE_INFINITY : TELL_MS)
  const looking = every(restMs, 'lines.tell', health, tell)
  return {
    watch: (stream, filter, after) => {
      const watcher = { stream, filter, max: NEW_MAX, told: after }
      watchers.add(watcher)
      looking.nudge()
      return () => void watchers.delete(watcher)
    },
    stop: async () => {
      for (const { stream } of watchers) stream.end()
      await looking.stop()
    },
  }
}

/** Those who have been told as much as each other; null for the new ones. Who was told more than there is has watched another file. */
function byPlace(watchers: Iterable<Watcher>, upTo: number): Map<number | null, Watcher[]> {
  const groups = new Map<number | null, Watcher[]>()
  for (const watcher of watchers) {
    const told = watcher.told !== null && watcher.told > upTo ? null : watcher.told
    groups.set(told, [...(groups.get(told) ?? []), watcher])
  }
  return groups
}

async function endsFor(read: Client, upTo: number, group: Watcher[]): Promise<Map<Watcher, News>> {
  const ends = new Map<Watcher, News>()
  for (const one of group) ends.set(one, { lines: await linesBefore(read, upTo, one.filter, FIRST_MAX), skipped: 0 })
  return ends
}

const shown = (line: KeptLine) => answerOf({ ...line, text: clip(line.text, SHOWN_MAX) })
