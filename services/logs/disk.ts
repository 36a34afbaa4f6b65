import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart, codeOf, fileSentence } from '../../shared/cannot-start.ts'

/**
 * What this folder of log files is called among those of other hosts, whose files may have the same numbers: made once by whichever
 * process comes first, and kept in the folder. Throws `CannotStart` where it cannot be.
 */
export function diskIn(folder: string): string {
  const path = join(folder, '.disk')
  const name = randomBytes(6).toString('hex')
  const own = `${path}.${name}` // in containers that have the folder in common all processes have the same number
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(own, name, { mode: 0o600 })
    try {
      linkSync(own, path)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error // else it has its name already
    } finally {
      rmSync(own)
    }
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new CannotStart(`LOGS_DIR: ${fileSentence(codeOf(cause), folder)}`, { cause })
  }
}

/** A file's number on its disk, and whose disk that is where several hosts are read; by itself where there is only one. */
export const inodeAt = (number: bigint, disk: string | null) => (disk === null ? `${number}` : `${number}@${disk}`)

/** Whether a file is of this folder. */
export const isOnDisk = (inode: string, disk: string | null) => disk === null || inode.endsWith(`@${disk}`)
