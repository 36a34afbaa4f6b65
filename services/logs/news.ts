import { names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { findLines } from './find-lines.ts'
import { type KeptLine, keptColumns } from './kept-line.ts'

const LOOKED_MAX = 20_000 // lines in one look; those before them are skipped
const LOOK_BACK_MS = 300

/** Characters of a line that whoever watches is shown. */
export const SHOWN_MAX = 8_000

/** Which lines somebody watches: all that contain `text` (in lower case), from a level on, of a service. */
export type Filter = { text: string; service: string | null; level: number }

/** Lines after a place, the oldest first, and how many more there were before them. */
export type News = { lines: KeptLine[]; skipped: number }

/** What came after `after`, up to `upTo`: the newest `max` that pass the filter. */
export async function newsBetween(read: Client, place: Place, filter: Filter, max: number): Promise<News> {
  const from = Math.max(place.after, place.upTo - LOOKED_MAX)
  const { service, level } = filter
  const pattern = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await read.$queryRaw<KeptLine[]>`
    SELECT ${names(keptColumns)} FROM "Line"
    WHERE seq > ${from} AND seq <= ${place.upTo} AND level >= ${level} AND service = COALESCE(CAST(${service} AS TEXT), service)
      AND LOWER(text) LIKE ${pattern} ESCAPE '\\' ORDER BY seq DESC LIMIT ${max}`
  const [counted] =
    rows.length < max
      ? []
      : await read.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM "Line"
    WHERE seq > ${from} AND seq <= ${place.upTo} AND level >= ${level} AND service = COALESCE(CAST(${service} AS TEXT), service)
      AND LOWER(text) LIKE ${pattern} ESCAPE '\\'`
  const skipped = (counted?.count ?? rows.length) - rows.length + (from - place.after)
  return { lines: rows.reverse(), skipped }
}

type Place = { after: number; upTo: number }

/** The newest `max` up to `upTo` that pass the filter, the oldest first, as far back as a moment reaches. */
export async function linesBefore(read: Client, upTo: number, filter: Filter, max: number): Promise<KeptLine[]> {
  const { text, service, level } = filter
  const wanted = { ...{ subject: null, words: text === '' ? [] : [text], service, level }, since: 0, until: FOREVER }
  const { lines } = await findLines(read, wanted, { before: upTo + 1, limit: max, budgetMs: LOOK_BACK_MS })
  return lines.reverse()
}

const FOREVER = Number.MAX_SAFE_INTEGER
