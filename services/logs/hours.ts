import type { Client } from './db.ts'
import type { Fresh } from './lines.ts'
import { newestSeq } from './newest-line.ts'

/** The lines kept in an hour, or in a part of a busy one: from `first` (a `seq`) to the next one's. `at` is when it began, in ms. */
export type Hour = { id: number; name: string; at: number; first: number; lines: number; bytes: number }

/**
 * Adds lines to the hour in which they are kept, whenever they were written: so no hour is ever added to once it is over,
 * and what comes late is in the archive, too. An hour is cut where a part has `partBytes`, for whole parts go to the archive.
 */
export async function noteHour(tx: Client, fresh: Fresh, now: { at: number; partBytes: number }): Promise<void> {
  if (fresh.lines.length === 0) return
  const hour = await hourFor(tx, fresh.after + 1, now)
  const bytes = fresh.lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0)
  await tx.$executeRaw`
    UPDATE "Hour" SET lines = lines + ${fresh.lines.length}, bytes = bytes + ${bytes} WHERE id = ${hour}`
}

/** Ends an hour that is over though no line has come since, so that it goes to the archive, and is forgotten in its time. */
export async function endHour(tx: Client, now: { at: number; partBytes: number }): Promise<void> {
  await hourFor(tx, (await newestSeq(tx)) + 1, now)
}

/** The hour that goes on, or a new one that begins with `first`. */
async function hourFor(
  tx: Client,
  first: number,
  { at, partBytes }: { at: number; partBytes: number },
): Promise<number> {
  const last = await newestHour(tx)
  const hour = hourOf(at)
  if (last !== null && last.bytes < partBytes && last.name.startsWith(hour)) return last.id
  if (last !== null && last.lines === 0) await tx.$executeRaw`DELETE FROM "Hour" WHERE id = ${last.id}`
  return begin(tx, { hour, at, first: Math.max(first, last?.first ?? 0) }) // also where no line is left
}

async function newestHour(sql: Client): Promise<Hour | null> {
  const [row] = await sql.$queryRaw<Hour[]>`
    SELECT id, name, at, first, lines, bytes FROM "Hour" ORDER BY id DESC LIMIT 1`
  return row ?? null
}

/** A later part of an hour is called by its first line, too: no other begins with it. */
async function begin(tx: Client, { hour, at, first }: { hour: string; at: number; first: number }): Promise<number> {
  const name = (await isTaken(tx, hour)) ? `${hour}.${first}` : hour
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "Hour" (name, at, first, lines, bytes) VALUES (${name}, ${at}, ${first}, 0, 0) RETURNING id`
  if (row === undefined) throw new Error(`no hour begins as ${name}`)
  return row.id
}

async function isTaken(tx: Client, name: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Hour" WHERE name = ${name} UNION ALL SELECT 1 FROM "Archive" WHERE name = ${name} LIMIT 1`
  return rows.length > 0
}

/** The hour of a time, in UTC, as it stands in names of files. */
const hourOf = (ms: number) => new Date(ms).toISOString().slice(0, 13)
