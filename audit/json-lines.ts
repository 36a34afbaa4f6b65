import { closeSync, openSync, readSync } from 'node:fs'
import type { z } from 'zod'
import { Unusable } from './unusable.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const NEWLINE = 10

/**
 * The records of a file of JSON lines. What stands after the last newline is being written, or was cut off by a
 * crash before anyone heard of it: it is left out. Where a record's last key is a long one that nobody asks for,
 * `lastKey` names it, and it is not parsed. Throws `Unusable` when a line is not what `shape` says.
 */
export function* jsonLines<T>(path: string, shape: z.ZodType<T>, lastKey?: string): Generator<T> {
  let lineNumber = 0
  for (const line of linesIn(path)) {
    lineNumber++
    yield parse(path, lineNumber, shape, headOf(line, lastKey))
  }
}

function parse<T>(path: string, lineNumber: number, shape: z.ZodType<T>, text: string): T {
  try {
    return shape.parse(JSON.parse(text))
  } catch (cause) {
    throw new Unusable(`${path} cannot be read: line ${lineNumber} is not what was expected`, { cause })
  }
}

/** Inside a JSON text the quotes would be escaped, so the first such place is the key itself. */
function headOf(line: Buffer, lastKey: string | undefined): string {
  const end = lastKey === undefined ? -1 : line.indexOf(`,"${lastKey}":`)
  return end === -1 ? line.toString() : `${line.toString('utf8', 0, end)}}`
}

function* linesIn(path: string): Generator<Buffer> {
  let rest = Buffer.alloc(0)
  for (const chunk of chunksOf(path)) {
    const bytes = Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      yield bytes.subarray(start, end)
      start = end + 1
    }
    rest = bytes.subarray(start)
  }
}

function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) yield chunk.subarray(0, size)
  } finally {
    closeSync(file)
  }
}
