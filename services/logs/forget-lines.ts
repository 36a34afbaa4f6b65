import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Prune } from '../../shared/protocol/prune.ts'
import type { Database } from '../../shared/store/database.ts'
import { fileOf } from './archive-hours.ts'
import type { Client } from './db.ts'

const DAY_MS = 24 * 3_600_000
const ROW_BYTES = 200 // of a line beside its text: what is looked for, and its place in three indexes

/** How much is kept: lines to search in, by their size on disk and their age, and the files of the archive. */
export type Kept = { maxBytes: number; days: number; archiveDays: number }

type Past = { id: number; end: number }

/**
 * Deletes lines of the oldest hour while there is too much, or it is too old; but only of one that is in the archive. Whole
 * hours go, and the one that goes on never.
 */
export const forgetLines =
  ({ maxBytes, days }: Kept): Prune<Client> =>
  async (tx, now, limit) => {
    const hour = await surplus(tx, maxBytes, now - days * DAY_MS)
    if (hour === null) return 0
    const count = await tx.$executeRaw`
      DELETE FROM "Line" WHERE seq IN (SELECT seq FROM "Line" WHERE seq < ${hour.end} ORDER BY seq LIMIT ${limit})`
    if (count < limit) await tx.$executeRaw`DELETE FROM "Hour" WHERE id = ${hour.id}`
    return limit // look again: the next hour may have to go, too
  }

async function surplus(tx: Client, maxBytes: number, before: number): Promise<Past | null> {
  const [all] = await tx.$queryRaw<{ bytes: number | null }[]>`
    SELECT SUM(bytes + lines * ${ROW_BYTES}) AS bytes FROM "Hour"`
  const isTooMuch = (all?.bytes ?? 0) > maxBytes
  const [oldest] = await tx.$queryRaw<(Past & { endedAt: number; isArchived: number })[]>`
    SELECT past.id, later.first AS "end", later.at AS "endedAt",
      CASE WHEN past.lines = 0 OR past.id IN (SELECT hour FROM "Archive") THEN 1 ELSE 0 END AS "isArchived"
    FROM "Hour" AS past JOIN "Hour" AS later ON later.id > past.id ORDER BY past.id, later.id LIMIT 1`
  if (oldest === undefined || oldest.isArchived === 0) return null
  return isTooMuch || oldest.endedAt < before ? oldest : null
}

/**
 * Forgets starts of programs, and gaps, that are older than any line can be that is kept or in the archive. A gap that a run's
 * numbers tell of is there for as long as the run, and as they do. The last start of a program stays, if it misses nothing: it may
 * only have said nothing for long, and what it says then would be known by its number as the first line of a hole.
 */
export const forgetRuns =
  ({ archiveDays }: Kept): Prune<Client> =>
  async (tx, now, limit) => {
    const before = now - archiveDays * DAY_MS
    const gaps = await tx.$executeRaw`
      DELETE FROM "Gap" WHERE id IN (
        SELECT id FROM "Gap" LEFT JOIN "Run" ON run = id
        WHERE (at < ${before} AND run IS NULL) OR last = lines LIMIT ${limit})`
    const runs = await tx.$executeRaw`
      DELETE FROM "Run" WHERE run IN (
        SELECT run FROM "Run" AS old WHERE "lastAt" < ${before} AND (last <> lines OR EXISTS (
          SELECT 1 FROM "Run" AS newer WHERE newer.service = old.service AND newer."lastAt" > old."lastAt"))
        LIMIT ${limit})`
    return Math.max(gaps, runs)
  }

/**
 * Deletes the oldest file of the archive if it is too old, whichever host has it. Whether one went. What another host has forgotten and
 * we have written is known by its name.
 */
export async function forgetArchive(folder: string, db: Database<Client>, { archiveDays }: Kept): Promise<boolean> {
  const before = Date.now() - archiveDays * DAY_MS
  await removeOld(folder, before - DAY_MS)
  const [old] = await db.read.$queryRaw<{ hour: number; name: string }[]>`
    SELECT hour, name FROM "Archive" WHERE at < ${before} AND hour NOT IN (SELECT id FROM "Hour") ORDER BY hour LIMIT 1`
  if (old === undefined) return false
  await rm(join(folder, fileOf(old.name)), { force: true })
  await db.write((tx) => tx.$executeRaw`DELETE FROM "Archive" WHERE hour = ${old.hour}`)
  return true
}

async function removeOld(folder: string, before: number): Promise<void> {
  const files = await readdir(folder).catch(() => []) // nothing was put there yet
  for (const file of files.filter((one) => hourIn(one) < before)) {
    const written = await stat(join(folder, file)).catch(() => null) // another process was faster
    if (written !== null && written.mtimeMs < before) await rm(join(folder, file), { force: true })
  }
}

/** When the hour of a file began (ms); not a number where it is none of ours. */
const hourIn = (file: string) => Date.parse(`${/^(\d{4}-\d\d-\d\dT\d\d)[.\d]*\.ndjson\.gz$/.exec(file)?.[1]}:00:00Z`)
