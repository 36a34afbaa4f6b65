import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inodeAt } from './disk.ts'

/** A log file as it is now; `size` in bytes, `inode` its number on the disk (`inodeAt`). */
export type Seen = { name: string; inode: string; size: number }

const LISTINGS_MAX = 5
const LOG_FILE = /^(?<family>.+\.log)(?:\.(?<age>\d{1,6}))?$/

/**
 * The log files of a folder, those that belong together in the order in which they were written. Files change their names
 * meanwhile, so one could be overlooked: what is told was found twice. Null where that was in vain.
 */
export async function listFiles(folder: string, disk: string | null = null): Promise<Seen[] | null> {
  let before = await listOnce(folder, disk)
  for (let listing = 1; listing < LISTINGS_MAX; listing++) {
    const now = await listOnce(folder, disk)
    if (isSame(before, now)) return now
    before = now
  }
  return null
}

/** What files that follow each other are called, without their numbers. */
export const familyOf = ({ name }: Pick<Seen, 'name'>) => LOG_FILE.exec(name)?.groups?.family ?? name

/** How many came after a file that is full, at least; 0 for the one that is written. */
export const ageOf = (name: string) => Number(LOG_FILE.exec(name)?.groups?.age ?? 0)

async function listOnce(folder: string, disk: string | null): Promise<Seen[]> {
  const names = await readdir(folder).catch(none)
  const found = await Promise.all(names.filter((name) => LOG_FILE.test(name)).map((name) => look(folder, name, disk)))
  return found.flat().sort(inOrder)
}

async function look(folder: string, name: string, disk: string | null): Promise<Seen[]> {
  const found = await stat(join(folder, name), { bigint: true }).catch(none)
  if (Array.isArray(found) || !found.isFile()) return []
  return [{ name, inode: inodeAt(found.ino, disk), size: Number(found.size) }]
}

/** It is not there, or has gone since. */
function none(error: unknown): never[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

/** The oldest has the highest number, and the newest none. */
function inOrder(one: Seen, other: Seen): number {
  const [a, b] = [familyOf(one), familyOf(other)]
  return a === b ? ageOf(other.name) - ageOf(one.name) : a < b ? -1 : 1
}

function isSame(before: Seen[], now: Seen[]): boolean {
  return before.length === now.length && now.every(({ name, inode }, i) => isOne(before[i], name, inode))
}

const isOne = (seen: Seen | undefined, name: string, inode: string) => seen?.name === name && seen.inode === inode
