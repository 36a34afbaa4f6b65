import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchError } from './launch-error.ts'
import { livePidIn, writePidFile } from './pid-file.ts'

/**
 * Makes DATA_DIR and claims it for this launcher. Returns what gives it back. Throws when another launcher
 * runs on it.
 */
export function claimDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'orderline.pid')
  const owner = livePidIn(path)
  if (owner !== undefined) throw new LaunchError(alreadyRunning(dataDir, owner))
  rmSync(path, { force: true })
  try {
    writePidFile(path, process.pid, true)
  } catch (cause) {
    throw new LaunchError(alreadyRunning(dataDir, livePidIn(path)), { cause }) // started at the same moment
  }
  return () => rmSync(path, { force: true })
}

/** The admin token: the one given, or a random one that stays the same from run to run. */
export function adminTokenIn(dataDir: string, given: string | undefined): string {
  if (given !== undefined) return given
  const path = join(dataDir, 'admin-token')
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

function alreadyRunning(dataDir: string, pid: number | undefined): string {
  const who = pid === undefined ? '' : ` (pid ${pid})`
  return `Orderline is already running on ${dataDir}${who}. For a second one beside it choose another PORT and DATA_DIR.`
}
