import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative } from 'node:path'
import { codeOf } from '../cannot-start.ts'

const OTHERS = 0o077 // every right of group and others
const STICKY = 0o1000 // a folder where everyone keeps files, /tmp for example

/** From here on nobody else on this machine can read what this process and its children write: names, addresses. */
export function writePrivately(): void {
  process.umask(OTHERS)
}

/**
 * Takes the rights of group and others from everything of ours in `folder`, as earlier versions left it. Returns from
 * how many files and folders. A folder that holds more than the shop's data is left alone.
 */
export function closeToOthers(folder: string): number {
  return isShared(folder) ? 0 : close(folder)
}

function isShared(folder: string): boolean {
  const holds = (place: string) => !relative(folder, place).startsWith('..')
  return [process.cwd(), homedir()].some(holds) || (lstatSync(folder).mode & STICKY) !== 0
}

function close(path: string): number {
  const found = lookAt(path)
  if (found === undefined || found.isSymbolicLink() || found.uid !== process.geteuid?.()) return 0
  const isLoose = (found.mode & OTHERS) !== 0
  if (isLoose) chmodSync(path, found.mode & 0o700)
  const below = found.isDirectory() ? namesIn(path).map((name) => close(join(path, name))) : []
  return below.reduce((sum, count) => sum + count, isLoose ? 1 : 0)
}

/** None of a folder that is closed to us, too: what stands in there others cannot reach either. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error
    return []
  }
}

/** Undefined when it is gone: a program that runs already may have renamed it. */
function lookAt(path: string) {
  try {
    return lstatSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return undefined
  }
}
