import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { z } from 'zod'

const NEWLINE = 10

/**
 * Follows a file of JSON lines while it grows: each call returns the records that came since the one before. A line that
 * is still being written comes with the next call; a file that is not there yet has none. Where the disk was full, and lines
 * were taken back that we had seen, the next call begins anew.
 */
export function watchLines<T>(path: string, shape: z.ZodType<T>): () => T[] {
  let offset = 0
  return () => {
    const bytes = readFrom(path, offset)
    const end = bytes.lastIndexOf(NEWLINE) + 1
    try {
      const lines = bytes.toString('utf8', 0, end).split('\n').filter(Boolean)
      const records = lines.map((line) => shape.parse(JSON.parse(line)))
      offset += end
      return records
    } catch {
      offset = 0
      return []
    }
  }
}

function readFrom(path: string, offset: number): Buffer {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return Buffer.alloc(0) // its writer has not begun
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset))
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
  } finally {
    closeSync(file)
  }
}
