import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../shared/cannot-start.ts'
import { prepareDataFolder } from '../shared/start/data-folder.ts'
import { livePidIn, writePidFile } from './pid-file.ts'

/**
 * Makes DATA_DIR and claims it for this launcher. Returns what gives it back. Throws when another launcher
 * runs on it, and when nothing can be kept there.
 */
export function claimDataDir(dataDir: string): () => void {
  prepareDataFolder(dataDir)
  const path = join(dataDir, 'orderline.pid')
  if (!tryClaim(path)) {
    const owner = livePidIn(path)
    if (owner !== undefined) throw new CannotStart(alreadyRunning(dataDir, owner))
    rmSync(path, { force: true }) // of a launcher that was killed
    if (!tryClaim(path)) throw new CannotStart(alreadyRunning(dataDir, livePidIn(path)))
  }
  return () => rmSync(path, { force: true })
}

/** Of two that start at the same moment only one creates the file. */
function tryClaim(path: string): boolean {
  try {
    writePidFile(path, process.pid, true)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function alreadyRunning(dataDir: string, pid: number | undefined): string {
  const who = pid === undefined ? '' : ` (pid ${pid})`
  return `Orderline is already running on ${dataDir}${who}. For a second one beside it choose another PORT and DATA_DIR.`
}
