import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { LineReader, type Written } from './log-lines.ts'
import type { SqliteFile } from './sqlite-file.ts'

const row = z.object({ name: z.string(), lines: z.int(), bytes: z.int(), sha256: z.string() })

/** An hour of lines that may be gone from the store, as it was noted. */
export type Archive = z.infer<typeof row>

/** A doubt about one of them. */
export type ArchiveDoubt = { name: string; detail: string }

/** What was noted of the archive. */
export function archivesIn(file: SqliteFile): Archive[] {
  return [...file.rows(row, `SELECT name, lines, bytes, sha256 FROM "Archive" ORDER BY hour`)]
}

/** Reads all hours of the archive in `folder` to the last line, and says which are not what was noted. */
export function readArchives(folder: string, archives: Archive[]): { written: Written; doubts: ArchiveDoubt[] } {
  const all = new LineReader()
  const doubts: ArchiveDoubt[] = []
  for (const archive of archives) {
    const detail = takeIn(all, join(folder, `${archive.name}.ndjson.gz`), archive)
    if (detail !== undefined) doubts.push({ name: archive.name, detail })
  }
  return { written: all.read(), doubts }
}

/** Returns what is wrong with it. */
function takeIn(all: LineReader, path: string, { lines, bytes, sha256 }: Archive): string | undefined {
  if (!existsSync(path)) return 'there is no such file'
  const packed = readFileSync(path)
  const found = createHash('sha256').update(packed).digest('hex')
  if (packed.length !== bytes || found !== sha256) return `${packed.length} bytes, sha256 ${found}, and not ${sha256}`
  const before = all.count
  all.take(unpacked(packed))
  const count = all.count - before
  return count === lines ? undefined : `${count} lines, and not ${lines}`
}

const END = Buffer.from('\n') // of the last line, where it has none

function unpacked(packed: Buffer): Buffer {
  try {
    return Buffer.concat([gunzipSync(packed), END])
  } catch {
    return Buffer.alloc(0) // its sum was noted, so it was never better: it has no line
  }
}
