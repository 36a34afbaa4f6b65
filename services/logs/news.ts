import { setImmediate as nextTurn } from 'node:timers/promises'
import { names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { findLines, isWanted, type Wanted } from './find-lines.ts'
import { type KeptLine, keptColumns } from './kept-line.ts'

const LOOKED_MAX = 20_000 // lines in one look; those before them are skipped
const SLICE = 500 // of them in one turn of the event loop
const LOOK_BACK_MS = 300

/** Characters of a line that whoever watches is shown. */
export const SHOWN_MAX = 8_000

/** Which lines somebody watches: all that contain `text` (in lower case), from a level on, of a service. */
export type Filter = { text: string; service: string | null; level: number }

/** Lines that somebody watches, and how many of them are told at once. */
export type Watched = { filter: Filter; max: number }

/** Lines after a place, the oldest first, and how many more there were before them. */
export type News = { lines: KeptLine[]; skipped: number }

/** What came after `after`, up to `upTo`, for each who watches: the newest that pass the filter. The lines are read once for all. */
export async function newsBetween<W extends Watched>(
  read: Client,
  { after, upTo }: Place,
  watched: W[],
): Promise<Map<W, News>> {
  const from = Math.max(after, upTo - LOOKED_MAX)
  const news = new Map(watched.map((one): [W, News] => [one, { lines: [], skipped: from - after }]))
  for (let top = upTo; top > from; top -= SLICE) {
    const slice = await linesIn(read, Math.max(from, top - SLICE), top)
    for (const [one, found] of news) add(found, slice, one)
    await nextTurn()
  }
  for (const { lines } of news.values()) lines.reverse()
  return news
}

type Place = { after: number; upTo: number }

function linesIn(read: Client, after: number, upTo: number): PromiseLike<KeptLine[]> {
  return read.$queryRaw<KeptLine[]>`
    SELECT ${names(keptColumns)} FROM "Line" WHERE seq > ${after} AND seq <= ${upTo} ORDER BY seq DESC`
}

function add(news: News, slice: KeptLine[], { filter, max }: Watched): void {
  const wanted = wantedBy(filter)
  for (const line of slice) {
    if (!isWanted(line, wanted)) continue
    if (news.lines.length < max) news.lines.push(line)
    else news.skipped++
  }
}

/** The newest `max` up to `upTo` that pass the filter, the oldest first, as far back as a moment reaches. */
export async function linesBefore(read: Client, upTo: number, filter: Filter, max: number): Promise<KeptLine[]> {
  const { lines } = await findLines(read, wantedBy(filter), { before: upTo + 1, limit: max, budgetMs: LOOK_BACK_MS })
  return lines.reverse()
}

function wantedBy({ text, service, level }: Filter): Wanted {
  return { subject: null, words: text === '' ? [] : [text], service, level, since: 0, until: FOREVER }
}

const FOREVER = Number.MAX_SAFE_INTEGER
