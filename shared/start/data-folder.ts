import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CannotStart, codeOf, fileSentence } from '../cannot-start.ts'

const NEEDED_BYTES = 8 * 1024 * 1024 // a new shop takes three; with less nobody could order for long

/** Makes DATA_DIR, if need be, and tries it out. Throws `CannotStart` when nothing can be kept there. */
export function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder)
    tryOut(folder)
  } catch (cause) {
    throw new CannotStart(`DATA_DIR: ${fileSentence(codeOf(cause), folder)}`, { cause })
  }
}

/** `mkdir -p`. Node's own goes on for ever where the system says ENOENT below a folder that is there, as in /proc. */
function makeFolder(folder: string): void {
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error // another program of the shop made it
  }
}

function tryOut(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`)
  const file = openSync(probe, 'w', 0o600)
  try {
    writeSync(file, 'x'.repeat(4_096))
    fsyncSync(file)
  } finally {
    closeSync(file)
    rmSync(probe, { force: true })
  }
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < NEEDED_BYTES) throw Object.assign(new Error('hardly any room is left'), { code: 'ENOSPC' })
}
