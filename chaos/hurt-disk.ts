import { execFile, spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import type { Deed, Writer } from './fault.ts'
import type { Means } from './means.ts'
import type { Shop } from './shop.ts'
import type { SmallDisk } from './small-disk.ts'
import { untilDone } from './until-done.ts'

const run = promisify(execFile)

const PIECES_BELOW = 4 * 1024 * 1024 // bytes; above it they are taken at once, below piece by piece until none is left
const PIECE = Buffer.alloc(64 * 1024)
const TOP_UP_MS = 100
let fillers = 0

/** Takes all that is free on the shop's disk, and whatever becomes free, for a while. */
export async function fillDisk(forMs: number, disk: SmallDisk): Promise<void> {
  const filler = join(disk.folder, `filler-${++fillers}`)
  const until = performance.now() + forMs
  try {
    for (; performance.now() < until; await delay(TOP_UP_MS)) await topUp(filler, disk)
  } finally {
    rmSync(filler, { force: true })
  }
}

async function topUp(filler: string, disk: SmallDisk): Promise<void> {
  const atOnce = freeBytes(disk) - PIECES_BELOW
  const end = String(statSync(filler, { throwIfNoEntry: false })?.size ?? 0)
  if (atOnce > 0) await run('fallocate', ['-o', end, '-l', String(atOnce), filler]).catch(() => {}) // less is free by now
  writePieces(filler)
}

function freeBytes({ folder }: SmallDisk): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** A file system keeps a little to itself: that it is full, only a write can tell. */
function writePieces(filler: string): void {
  const file = openSync(filler, 'a')
  try {
    for (let bytes = 0; bytes < 2 * PIECES_BELOW; bytes += PIECE.length) writeSync(file, PIECE)
  } catch {
    // full: as it is to be
  } finally {
    closeSync(file)
  }
}

/**
 * Makes every write of one process to any file fail, for a while, by a limit to the size of its files: SQLite takes
 * that for a broken disk. Needs no rights. Rejects when the process is not running.
 */
export async function failWrites(victim: Writer, forMs: number, shop: Shop): Promise<void> {
  const pid = String(await shop.pidOf(victim))
  await run('prlimit', ['--pid', pid, '--fsize=0:'])
  await delay(forMs)
  await run('prlimit', ['--pid', pid, '--fsize=unlimited:']).catch(() => {}) // dead meanwhile: the next one has none
}

/** Whether that can be done here: on Linux, where `prlimit` is part of util-linux. */
export function findLimits(): Means<true> {
  const { error, status } = spawnSync('prlimit', ['--version'], { stdio: 'ignore' })
  return error === undefined && status === 0 ? { have: true } : { why: 'there is no prlimit' }
}

/** Another process, this one, has the write lock of a service's file for a while. In WAL mode readers go on. */
export async function lock({ service, forMs }: Extract<Deed, { kind: 'lock' }>, shop: Shop): Promise<void> {
  const file = new Sqlite(join(shop.dataDir, `${service}.db`), { fileMustExist: true, timeout: 0 })
  try {
    await untilDone(() => file.exec('BEGIN IMMEDIATE'))
    await delay(forMs)
    file.exec('ROLLBACK')
  } finally {
    file.close()
  }
}
