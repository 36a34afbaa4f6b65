import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LineReader, readInto, type Written } from './log-lines.ts'
import type { SqliteFile } from './sqlite-file.ts'

const row = z.object({ inode: z.string(), head: z.string(), read: z.int() })

/** How far a file has been read, by its number on the disk; `head` is how it began, in hex. */
type Reading = z.infer<typeof row>

/** How far files are said to be read. */
export function readingsIn(file: SqliteFile): Map<string, Reading> {
  return new Map([...file.rows(row, `SELECT inode, head, "read" FROM "File"`)].map((one) => [one.inode, one]))
}

/** What stands in the files that still exist: of that which is said to be read, and of what was not read yet. */
export function readLogFiles(folder: string, readings: Map<string, Reading>): { read: Written; ahead: Written } {
  const [read, ahead] = [new LineReader(), new LineReader()]
  const disk = diskOf(folder)
  for (const path of existsSync(folder) ? logFilesIn(folder) : []) {
    const fd = openIf(path)
    if (fd === null) continue
    try {
      const { ino, size } = fstatSync(fd, { bigint: true })
      const place = placeIn(fd, Number(size), readings.get(`${ino}${disk}`))
      readInto(read, fd, { from: 0, to: place })
      readInto(ahead, fd, { from: place, to: Number(size) })
    } finally {
      closeSync(fd)
    }
  }
  return { read: read.read(), ahead: ahead.read() }
}

/** Where several hosts are read, the numbers of files say whose disk it is: the folder has its name in it. */
function diskOf(folder: string): string {
  const named = join(folder, '.disk')
  return existsSync(named) ? `@${readFileSync(named, 'utf8')}` : ''
}

const logFilesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /\.log(\.\d+)?$/.test(name))
    .map((name) => join(folder, name))

/** A full one gives way to the next. */
function openIf(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Up to where it is read; another file that has the number of one that is gone is not. */
function placeIn(fd: number, size: number, reading: Reading | undefined): number {
  if (reading === undefined || size < reading.read) return 0
  const head = Buffer.alloc(reading.head.length / 2)
  const isSame = head.subarray(0, readSync(fd, head, 0, head.length, 0)).toString('hex') === reading.head
  return isSame ? reading.read : 0
}
