import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Database } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { Hour } from './hours.ts'

const PAGE = 1_000 // lines read at once: some 2 ms, so that it never holds up whoever searches

/** An hour's file in the archive, `<name>.ndjson.gz`. `bytes` are the file's, `rawBytes` those of its lines. */
export type Archive = {
  hour: number
  name: string
  lines: number
  rawBytes: number
  bytes: number
  sha256: string
  at: number
}

type Deps = { folder: string; db: Pick<Database<Client>, 'read' | 'write'> }

/** An hour that is over: it ends before the line `end`. */
type PastHour = Hour & { end: number }

/**
 * Puts the oldest hour that is over and not in the archive yet there: its lines as they stood, one below the other. The file has its
 * name once it is whole and on disk, and only then is it noted, so that the lines may go. Returns what was archived; null where
 * nothing is to be. After a crash it is done again, into the same file.
 */
export async function archiveHour({ folder, db }: Deps): Promise<Archive | null> {
  const hour = await nextHour(db.read)
  if (hour === null) return null
  await mkdir(folder, { recursive: true })
  const file = join(folder, fileOf(hour.name))
  const draft = `${file}.${process.pid}.tmp`
  try {
    const written = await write(draft, hour, db.read)
    // crash point: hour written
    await rename(draft, file)
    await sync(folder)
    const archive = { ...written, hour: hour.id, name: hour.name, at: Date.now() }
    await db.write((tx) => note(tx, archive))
    return archive
  } finally {
    await removeDrafts(folder, hour.name)
  }
}

export const fileOf = (name: string) => `${name}.ndjson.gz`

/** Also those of processes that were killed. Another one at the same hour has to begin again, and finds nothing to do. */
async function removeDrafts(folder: string, name: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((file) => file.startsWith(`${fileOf(name)}.`))
  await Promise.all(drafts.map((file) => rm(join(folder, file), { force: true })))
}

async function nextHour(sql: Client): Promise<PastHour | null> {
  const [row] = await sql.$queryRaw<PastHour[]>`
    SELECT past.id, past.name, past.at, past.first, past.lines, past.bytes, later.first AS "end"
    FROM "Hour" AS past JOIN "Hour" AS later ON later.id > past.id
    WHERE past.lines > 0 AND past.id NOT IN (SELECT hour FROM "Archive") ORDER BY past.id, later.id LIMIT 1`
  return row ?? null
}

async function write(path: string, hour: PastHour, sql: Client) {
  const hash = createHash('sha256')
  const written = { lines: 0, rawBytes: 0, bytes: 0 }
  const raw = async function* () {
    for await (const page of pagesOf(sql, hour)) {
      const text = page.map((line) => `${line.text}\n`).join('')
      written.lines += page.length
      written.rawBytes += Buffer.byteLength(text)
      yield text
    }
  }
  const counted = async function* (zipped: AsyncIterable<Buffer>) {
    for await (const bytes of zipped) {
      hash.update(bytes)
      written.bytes += bytes.length
      yield bytes
    }
  }
  await pipeline(Readable.from(raw()), createGzip(), counted, createWriteStream(path, { flush: true }))
  return { ...written, sha256: hash.digest('hex') }
}

type Kept = { seq: number; text: string }

async function* pagesOf(sql: Client, { first, end }: PastHour): AsyncGenerator<Kept[]> {
  for (let from = first; from < end; ) {
    const page = await sql.$queryRaw<Kept[]>`
      SELECT seq, text FROM "Line" WHERE seq >= ${from} AND seq < ${end} ORDER BY seq LIMIT ${PAGE}`
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    from = last.seq + 1
  }
}

/** A name in a folder survives a power cut once the folder has been written, too. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

/** Only what is whole is noted: the lines of an hour go once it is. Throws where some are missing. */
async function note(tx: Client, { hour, name, lines, rawBytes, bytes, sha256, at }: Archive): Promise<void> {
  const kept = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Hour" WHERE id = ${hour} AND lines = ${lines}`
  if (kept.length === 0) throw new Error(`${name} has not as many lines as were counted: ${lines}`)
  await tx.$executeRaw`
    INSERT INTO "Archive" (hour, name, lines, "rawBytes", bytes, sha256, at)
    VALUES (${hour}, ${name}, ${lines}, ${rawBytes}, ${bytes}, ${sha256}, ${at}) ON CONFLICT DO NOTHING`
}
