import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { EventStream } from '../../shared/web/event-stream.ts'
import type { Client } from './db.ts'
import { answerOf, type KeptLine } from './kept-line.ts'
import { clip } from './line.ts'
import type { NewsAnswer } from './lines-answer.ts'
import { newestSeq } from './newest-line.ts'
import { type Filter, linesBefore, newsBetween, SHOWN_MAX } from './news.ts'

const TELL_MS = 500
const FIRST_MAX = 100
const NEW_MAX = 200

type Stream = Pick<EventStream, 'send' | 'end'>
/** `told` is the `seq` up to which it has been told; null before the first event. */
type Watcher = { filter: Filter; told: number | null }

/** Those who watch the log. */
export type LineFeed = {
  /** Tells what comes after `after`, or the last lines first, until the returned function is called. */
  watch(stream: Stream, filter: Filter, after: number | null): () => void
  stop(): Promise<void>
}

/** Looks twice a second while somebody watches, and not at all otherwise. */
export function createLineFeed(read: Client, health: Health): LineFeed {
  const watchers = new Map<Stream, Watcher>()
  let looking: Loop | null = null
  const tell = async () => {
    const upTo = await newestSeq(read)
    for (const [stream, watcher] of watchers) {
      const news = await newsFor(read, watcher, upTo)
      if (news !== null && watchers.has(stream)) stream.send(upTo, news)
      watcher.told = upTo
    }
  }
  const rest = async () => {
    const ended = looking
    looking = null
    await ended?.stop()
  }
  return {
    watch: (stream, filter, after) => {
      watchers.set(stream, { filter, told: after })
      if (looking === null) looking = every(TELL_MS, 'lines.tell', health, tell)
      else looking.nudge()
      return () => {
        watchers.delete(stream)
        if (watchers.size === 0) void rest()
      }
    },
    stop: async () => {
      for (const stream of watchers.keys()) stream.end()
      await rest()
    },
  }
}

/** Null where there is nothing to tell. Who was told more than there is has watched another file. */
async function newsFor(read: Client, { filter, told }: Watcher, upTo: number): Promise<NewsAnswer | null> {
  if (told === null || told > upTo)
    return { lines: (await linesBefore(read, upTo, filter, FIRST_MAX)).map(shown), skipped: 0 }
  if (told === upTo) return null
  const { lines, skipped } = await newsBetween(read, { after: told, upTo }, filter, NEW_MAX)
  return lines.length + skipped === 0 ? null : { lines: lines.map(shown), skipped }
}

const shown = (line: KeptLine) => answerOf({ ...line, text: clip(line.text, SHOWN_MAX) })
