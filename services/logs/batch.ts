import { basename } from 'node:path'
import type { Emitted } from '../../shared/events.ts'
import type { File } from './files.ts'

type Said = { from: number; to: number; lines: string; gap?: string }

/** What is said of a file in a folder, as an event. A file is called by its inode and by when it was first seen: inodes are used again. */
export function batchOf(folder: string, { name: file, inode, id }: File, said: Said): Emitted {
  return { name: 'log.collected', subject: basename(folder), data: { file, inode: `${inode}.${id}`, ...said } }
}
