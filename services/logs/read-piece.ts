import { type FileHandle, open } from 'node:fs/promises'
import { MAX_CHARACTERS } from '../../shared/protocol/envelope.ts'
import { inodeAt } from './disk.ts'

const PIECE_BYTES = 256 * 1024 // a line that goes on longer without an end is cut
const PIECE_LINES = 500
const PIECE_CHARS = MAX_CHARACTERS - 2_000 // as JSON, where some letters are six; the rest is for what else a message says
const HEAD_BYTES = 64 // with the number of its first line in it, no file begins like another
const NEWLINE = 10

/**
 * The next lines of a file: whole ones, without the end of the last, up to the byte `to`. Or there is `nothing` whole yet; the
 * name leads to `another` file by now; or this one was cut, or made anew, so that it is to be read from its beginning.
 * `head` is how it begins, in hex.
 */
export type Piece =
  | { is: 'lines'; lines: string; to: number; head: string; size: number }
  | { is: 'nothing' }
  | { is: 'another' }
  | { is: 'anew' }

/** Where to read on. `isLeft`: nothing has come for so long that what has no end yet is taken for a line. */
export type From = { inode: string; read: number; head: string; isLeft: boolean; disk: string | null }

export async function readPiece(path: string, from: From): Promise<Piece> {
  const file = await open(path).catch(gone)
  if (file === null) return { is: 'another' }
  try {
    const { ino, size: bigSize } = await file.stat({ bigint: true })
    const size = Number(bigSize)
    if (inodeAt(ino, from.disk) !== from.inode) return { is: 'another' }
    const head = (await readAt(file, 0, HEAD_BYTES)).toString('hex')
    if (size < from.read || !head.startsWith(from.head)) return { is: 'anew' }
    const bytes = await readAt(file, from.read, PIECE_BYTES)
    const found = fitting(bytes, from.isLeft)
    if (found === null) return { is: 'nothing' }
    return { is: 'lines', lines: found.text, to: from.read + found.length, head, size }
  } finally {
    await file.close()
  }
}

function gone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** As many whole lines as fit into a message; of one that is too long, as much as does. `length` in bytes. */
function fitting(bytes: Buffer, isLeft: boolean): { text: string; length: number } | null {
  for (let most = PIECE_BYTES; ; most /= 2) {
    const length = lengthOf(bytes.subarray(0, most), isLeft || bytes.length >= most)
    if (length === 0) return null
    const text = textOf(bytes.subarray(0, length))
    if (JSON.stringify(text).length <= PIECE_CHARS) return { text, length }
  }
}

/** How many of these bytes are whole lines; `isAll`: what has no end is not waited for. */
function lengthOf(bytes: Buffer, isAll: boolean): number {
  return endOfLines(bytes) || (isAll ? endOfLetters(bytes) : 0)
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
  if (bytes.length < 4 || (bytes[last] ?? 0) < 0x80) return bytes.length
  let begin = last
  while (begin > last - 3 && ((bytes[begin] ?? 0) & 0xc0) === 0x80) begin--
  return begin
}

const textOf = (bytes: Buffer) => bytes.toString('utf8', 0, bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length)

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}
