import { type FileHandle, open, stat } from 'node:fs/promises'

const FIRST_BYTES = 256 * 1024
const STEP_MAX_BYTES = 4 * 1024 * 1024 // what grew by more in one look is not read from the beginning

/** A file that grows line by line, and is now and then replaced by a new one, while the old one goes on as `.1`. */
export type FileTail = {
  /** The complete lines that came since the last call; the first time, the last ones there are. */
  more(): Promise<string[]>
  /** The last lines up to where `more` stands, as far as so many bytes reach back. */
  last(bytes: number): Promise<string[]>
}

/** Tails `path`. A file that is not there has no lines. */
export function createFileTail(path: string): FileTail {
  let position: { inode: number; at: number } | null = null
  return {
    more: async () => {
      const { inode, size } = await look(path)
      position ??= { inode, at: Math.max(0, size - FIRST_BYTES) }
      const isSame = inode === position.inode
      const old = isSame ? [] : await restOf(`${path}.1`, position)
      const from = isSame ? position.at : 0
      const { lines, end } = await read(path, Math.max(from, size - STEP_MAX_BYTES), size)
      position = { inode, at: end }
      return [...old, ...lines]
    },
    last: async (bytes) => {
      const to = position?.at ?? 0
      const { lines } = await read(path, Math.max(0, to - bytes), to)
      return to > bytes ? lines.slice(1) : lines // the first one is cut
    },
  }
}

async function look(path: string): Promise<{ inode: number; size: number }> {
  const found = await stat(path).catch(() => null)
  return { inode: found?.ino ?? 0, size: found?.size ?? 0 }
}

/** What a file still got after we had looked and before it was put aside. */
async function restOf(path: string, position: { inode: number; at: number }): Promise<string[]> {
  const { inode, size } = await look(path)
  if (inode === 0 || inode !== position.inode) return []
  return (await read(path, Math.max(position.at, size - STEP_MAX_BYTES), size)).lines
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
