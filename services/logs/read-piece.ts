import { type FileHandle, open } from 'node:fs/promises'

const PIECE_BYTES = 256 * 1024
const PIECE_LINES = 500
const LINE_BYTES = 1024 * 1024 // what goes on longer without an end is cut
const HEAD_BYTES = 64 // with the number of its first line in it, no file begins like another
const NEWLINE = 10

/**
 * The next lines of a file: whole ones, without the end of the last, up to the byte `to`. Or there is `nothing` whole yet; the
 * name leads to `another` file by now; or this one was cut, or made anew, so that it is to be read from its beginning.
 * `head` is how it begins, in hex.
 */
export type Piece =
  | { is: 'lines'; lines: string; to: number; head: string; size: number }
  | { is: 'nothing'; head: string; size: number }
  | { is: 'another' }
  | { is: 'anew'; size: number }

/** Where to read on. `isLeft`: nothing has come for so long that what has no end yet is taken for a line. */
export type From = { inode: string; read: number; head: string; isLeft: boolean }

export async function readPiece(path: string, from: From): Promise<Piece> {
  const file = await open(path).catch(gone)
  if (file === null) return { is: 'another' }
  try {
    const { ino, size: bytes } = await file.stat({ bigint: true })
    const size = Number(bytes)
    if (String(ino) !== from.inode) return { is: 'another' }
    const head = (await readAt(file, 0, HEAD_BYTES)).toString('hex')
    if (size < from.read || !head.startsWith(from.head)) return { is: 'anew', size }
    const found = await linesAt(file, from)
    if (found.length === 0) return { is: 'nothing', head, size }
    return { is: 'lines', lines: textOf(found), to: from.read + found.length, head, size }
  } finally {
    await file.close()
  }
}

function gone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** The bytes of whole lines; of one that is too long, as much as a line may have. */
async function linesAt(file: FileHandle, { read, isLeft }: From): Promise<Buffer> {
  const bytes = await readAt(file, read, PIECE_BYTES)
  const end = endOfLines(bytes)
  if (end > 0) return bytes.subarray(0, end)
  const long = bytes.length < PIECE_BYTES ? bytes : await readAt(file, read, LINE_BYTES)
  const longEnd = long.indexOf(NEWLINE) + 1
  if (longEnd > 0) return long.subarray(0, longEnd)
  if (long.length === LINE_BYTES) return long.subarray(0, endOfLetters(long))
  return isLeft ? long : long.subarray(0, 0)
}

/** After the last whole line of those that fit. */
function endOfLines(bytes: Buffer): number {
  let end = 0
  for (let lines = 0; lines < PIECE_LINES; lines++) {
    const next = bytes.indexOf(NEWLINE, end) + 1
    if (next === 0) break
    end = next
  }
  return end
}

/** Not in the middle of a letter of several bytes: the last one of these is left for the next piece. */
function endOfLetters(bytes: Buffer): number {
  const last = bytes.length - 1
  if ((bytes[last] ?? 0) < 0x80) return bytes.length
  let begin = last
  while (begin > last - 3 && ((bytes[begin] ?? 0) & 0xc0) === 0x80) begin--
  return begin
}

const textOf = (bytes: Buffer) => bytes.toString('utf8', 0, bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length)

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}
