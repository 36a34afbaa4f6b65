import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Means } from './means.ts'
import { untilDone } from './until-done.ts'

/** A disk of its own for one shop, so that it can be filled without harm to anyone else. */
export type SmallDisk = {
  folder: string
  /** Puts all that is on it into a plain folder in its place, and takes it away. */
  remove(): Promise<void>
}

const SIZE = '8G' // a sparse file: it takes what the shop writes
const COMMAND_LIMIT_MS = 30_000

/**
 * Mounts a file system in a file at `folder`, which is made where it is missing: ext4, so that an fsync is one, and a
 * full disk is full in the ways that a real one is. That takes the right to mount, which root has outside most containers.
 */
export function mountDisk(folder: string): Means<SmallDisk> {
  const aside = mkdtempSync(join(tmpdir(), 'orderline-disk-'))
  const image = join(aside, 'image')
  mkdirSync(folder, { recursive: true })
  try {
    run('truncate', '-s', SIZE, image)
    run('mkfs.ext4', '-q', '-m', '0', image)
    run('mount', '-o', 'loop', image, folder)
    rmSync(join(folder, 'lost+found'), { recursive: true, force: true })
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    return { why: `a disk cannot be mounted (${firstLineOf(error)})` }
  }
  const remove = async () => {
    const home = `${folder}.plain`
    cpSync(folder, home, { recursive: true, preserveTimestamps: true })
    await untilDone(() => run('umount', folder)) // a process that was killed may not be gone yet
    rmdirSync(folder)
    renameSync(home, folder)
    rmSync(aside, { recursive: true, force: true })
  }
  return { have: { folder, remove } }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: COMMAND_LIMIT_MS })
}

/** What the program said, rather than that it has failed. */
function firstLineOf(error: unknown): string {
  const said =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  return (said || String(error)).split('\n')[0] ?? ''
}
