import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = '/dev/shm'
const ROOM = 4 * 2 ** 30 // for what tests have open at a time, and some hundred databases of a server

/** A folder in which no test waits for a disk; undefined where there is none with enough room. */
export function memory() {
  if (!existsSync(FOLDER)) return undefined
  const { bavail, bsize } = statfsSync(FOLDER)
  return bavail * bsize > ROOM ? FOLDER : undefined
}

/** Jest calls this before all tests: what they put into a temporary folder is gone soon, and need not reach a disk. */
export default function useMemory() {
  const under = memory()
  if (under === undefined) return
  process.env.TMPDIR = mkdtempSync(join(under, 'orderline-tests-')) // the processes of the tests have it from here
  chmodSync(process.env.TMPDIR, 0o711) // a PostgreSQL of root's runs as somebody else, and has its folder in here
  process.once('exit', () => rmSync(process.env.TMPDIR, { recursive: true, force: true }))
}
