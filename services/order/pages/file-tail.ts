import { type FileHandle, open, stat } from 'node:fs/promises'

const LOOK_BACK_BYTES = 256 * 1024
const STEP_MAX_BYTES = 4 * 1024 * 1024 // what grew by more in one look is not read from the beginning

/** A file that grows line by line, and may be replaced by a new one at any time. */
export type FileTail = {
  /** The complete lines that came since the last call. */
  more(): Promise<string[]>
  /** The last lines up to where `more` stands. */
  last(): Promise<string[]>
  /** Forgets what came since the last call. */
  skip(): Promise<void>
}

/** Tails `path`. A file that is not there has no lines. */
export function createFileTail(path: string): FileTail {
  let position = { inode: 0, at: 0 }
  return {
    more: async () => {
      const { inode, size } = await look(path)
      const from = inode === position.inode ? position.at : 0
      const { lines, end } = await read(path, Math.max(from, size - STEP_MAX_BYTES), size)
      position = { inode, at: end }
      return lines
    },
    last: async () => {
      const { lines } = await read(path, Math.max(0, position.at - LOOK_BACK_BYTES), position.at)
      return position.at > LOOK_BACK_BYTES ? lines.slice(1) : lines // the first one is cut
    },
    skip: async () => {
      const { inode, size } = await look(path)
      position = { inode, at: size }
    },
  }
}

async function look(path: string): Promise<{ inode: number; size: number }> {
  const found = await stat(path).catch(() => null)
  return { inode: found?.ino ?? 0, size: found?.size ?? 0 }
}

/** The lines between two places; `end` is after the last complete one. */
async function read(path: string, from: number, to: number): Promise<{ lines: string[]; end: number }> {
  if (to <= from) return { lines: [], end: to }
  const file = await open(path).catch(() => null)
  if (file === null) return { lines: [], end: 0 }
  const bytes = await readBytes(file, from, to - from).finally(() => file.close())
  const length = bytes.lastIndexOf('\n') + 1
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').filter(Boolean)
  return { lines, end: from + length }
}

async function readBytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}
