import type { FileHandle } from 'node:fs/promises'

/** Where a record lies in its file: its first byte, and its length in bytes without the newline. */
export type Place = { offset: number; bytes: number }

const CHUNK_BYTES = 1024 * 1024
const NEWLINE = 10

/**
 * Hands every JSON line of the file to `onRecord` and resolves with the byte after the last good one. What
 * lies beyond, in one line or several, is a torn write that was never acknowledged: a power cut leaves garbage there.
 * Throws when a line before a good one is not JSON.
 */
export async function readRecords(
  file: FileHandle,
  onRecord: (record: unknown, place: Place) => void,
): Promise<number> {
  let endBytes = 0
  let torn: Place | undefined
  for await (const { text, place } of wholeLines(file)) {
    const record = parseJson(text)
    if (record === undefined) {
      torn ??= place
      continue
    }
    if (torn) throw new Error(`the line at byte ${torn.offset} is not JSON, and good ones come after it`)
    onRecord(record, place)
    endBytes = place.offset + place.bytes + 1
  }
  return endBytes
}

// Not node:readline: it also splits at U+2028, which JSON leaves as it is, and it does not tell byte offsets.
async function* wholeLines(file: FileHandle): AsyncGenerator<{ text: string; place: Place }> {
  let rest = Buffer.alloc(0)
  let offset = 0
  for (;;) {
    const chunk = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset + rest.length)
    if (chunk.bytesRead === 0) return
    rest = Buffer.concat([rest, chunk.buffer.subarray(0, chunk.bytesRead)])
    let start = 0
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE, start)) {
      yield { text: rest.toString('utf8', start, end), place: { offset: offset + start, bytes: end - start } }
      start = end + 1
    }
    rest = rest.subarray(start)
    offset += start
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
