import { setImmediate as nextTurn } from 'node:timers/promises'
import { names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { type KeptLine, keptColumns } from './kept-line.ts'
import { newestSeq } from './newest-line.ts'
import { namesOf } from './story.ts'

const SLICE_MIN = 50
const SLICE_MAX = 1_000 // lines that are looked through in one turn of the event loop; 1 to 3 ms
const SLOW_MS = 10 // lines may be long: then fewer at a time
const TEXT_MAX = 4_000_000 // characters in one answer
const STORY_SLICE = 500 // found by an index

/** Which lines are wanted: about `subject`, with all of the `words`, written from `since` to before `until` (ms). */
export type Wanted = {
  subject: string | null
  words: string[]
  service: string | null
  level: number
  since: number
  until: number
}

/** From where to look back (a `seq`, itself not), how many lines are wanted, and how long (ms) may be looked for them. */
export type Limits = { before: number; limit: number; budgetMs: number; isGone?: () => boolean }

/** The newest first. `upTo` is the `seq` of the oldest that was looked at, and null where nothing older is left. */
export type Found = { lines: KeptLine[]; looked: number; lookedTo: number | null; upTo: number | null }

/** What one slice has: how many lines were looked at, down to which, and those that are wanted; the last one has nothing below it. */
type Slice = { lines: KeptLine[]; looked: number; downTo: number | null; isLast: boolean }
type ReadSlice = (before: number, left: number, size: number) => Promise<Slice>

/**
 * Looks back for lines, slice after slice, with a turn of the event loop between two of them: whoever stores lines
 * meanwhile is held up by one slice at most. Ends when there are enough of them, or nothing is left, or time is up.
 */
export async function findLines(read: Client, wanted: Wanted, limits: Limits): Promise<Found> {
  const slice = wanted.subject === null ? await scanning(read, wanted) : await reading(read, wanted, wanted.subject)
  const endsAt = performance.now() + limits.budgetMs
  const pace = paced()
  let length = 0
  const found: Found = { lines: [], looked: 0, lookedTo: null, upTo: limits.before }
  while (found.upTo !== null && found.lines.length < limits.limit && length < TEXT_MAX) {
    const { lines, looked, downTo, isLast } = await slice(found.upTo, limits.limit - found.lines.length, pace())
    found.lines.push(...lines)
    found.looked += looked
    length += lines.reduce((sum, { text }) => sum + text.length, 0)
    found.lookedTo = downTo ?? found.lookedTo
    found.upTo = isLast ? null : downTo
    if (performance.now() > endsAt || limits.isGone?.()) break
    await nextTurn()
  }
  return found
}

/** How many lines to look through next, by how long the ones before took: begins with few. */
function paced(): () => number {
  let size = SLICE_MIN
  let since = performance.now()
  return () => {
    const tookMs = performance.now() - since
    size = tookMs > SLOW_MS ? Math.max(SLICE_MIN, size / 2) : Math.min(SLICE_MAX, 2 * size)
    since = performance.now()
    return Math.floor(size)
  }
}

/** Through all lines. Hours say which of them were kept before `since`, and so were written before. */
async function scanning(read: Client, wanted: Wanted): Promise<ReadSlice> {
  const [oldest] = await read.$queryRaw<{ seq: number | null }[]>`
    SELECT MAX(seq) AS seq FROM (
      SELECT MIN(seq) AS seq FROM "Line" UNION ALL SELECT MAX(first) AS seq FROM "Hour" WHERE at <= ${wanted.since}) AS ends`
  const first = oldest?.seq ?? Number.MAX_SAFE_INTEGER
  const pattern = patternFor(wanted.words)
  return async (before, left, size) => {
    const top = Math.min(before, (await newestSeq(read)) + 1)
    const from = Math.max(first, top - size)
    if (top <= first) return { lines: [], looked: 0, downTo: null, isLast: true }
    const rows = await read.$queryRaw<KeptLine[]>`
      SELECT ${names(keptColumns)} FROM "Line"
      WHERE seq < ${top} AND seq >= ${from} AND at >= ${wanted.since} AND at < ${wanted.until} AND level >= ${wanted.level}
        AND service = COALESCE(CAST(${wanted.service} AS TEXT), service) AND LOWER(text) LIKE ${pattern} ESCAPE '\\'
      ORDER BY seq DESC LIMIT ${left}`
    const reached = rows.length === left ? (rows.at(-1)?.seq ?? from) : from
    const lines = rows.filter((line) => isWanted(line, wanted))
    return { lines, looked: top - reached, downTo: reached, isLast: reached <= first }
  }
}

/** Through the lines about one thing, by the index: an order's, whether they have its id or its number. */
async function reading(read: Client, wanted: Wanted, about: string): Promise<ReadSlice> {
  const { subject, order } = await namesOf(read, about)
  return async (before, left) => {
    const rows = await read.$queryRaw<KeptLine[]>`
      SELECT ${names(keptColumns)} FROM "Line" WHERE seq IN (
        SELECT seq FROM (
          SELECT seq FROM "Line" WHERE subject = ${subject} AND seq < ${before} ORDER BY seq DESC LIMIT ${STORY_SLICE}) AS one
        UNION SELECT seq FROM (
          SELECT seq FROM "Line" WHERE "order" = ${order} AND seq < ${before} ORDER BY seq DESC LIMIT ${STORY_SLICE}) AS other)
      ORDER BY seq DESC LIMIT ${STORY_SLICE}`
    const wantedOnes = rows.filter((line) => isWanted(line, wanted))
    const lines = wantedOnes.slice(0, left)
    const isCut = lines.length < wantedOnes.length
    const downTo = (isCut ? lines : rows).at(-1)?.seq ?? null
    return { lines, looked: rows.length, downTo, isLast: !isCut && rows.length < STORY_SLICE }
  }
}

const ASCII = /^[ -~]+$/

/** The longest of the words, for SQL; it knows capitals of ASCII alone, so any other word is left to us. */
function patternFor(words: string[]): string {
  const [longest = ''] = words.filter((word) => ASCII.test(word)).sort((a, b) => b.length - a.length)
  return `%${longest.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** The one who decides: SQL only leaves out what cannot be wanted. */
export function isWanted({ at, level, service, text }: KeptLine, wanted: Wanted): boolean {
  if (at < wanted.since || at >= wanted.until || level < wanted.level) return false
  if (wanted.service !== null && service !== wanted.service) return false
  const low = wanted.words.length === 0 ? '' : text.toLowerCase()
  return wanted.words.every((word) => low.includes(word))
}
