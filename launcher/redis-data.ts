import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { codeOf } from '../shared/cannot-start.ts'
import type { Mended } from './child-spec.ts'

const KEPT = 3 // of what was set aside; the oldest go
const NAME = 'set-aside-'
const DATA = ['appendonlydir', 'appendonly.aof', 'dump.rdb'] // as Redis 7 and those before it have it
const SAID_BY_REDIS = /^\d+:[A-Z] |BUG REPORT/ // and not by the loader of a program that cannot run at all
const OTHER_REASONS = /Address already in use|Failed listening|FATAL CONFIG FILE ERROR|No space left on device/

/**
 * Redis is expendable: data that it cannot read, as a power cut or another version leaves it, shall not keep the shop
 * from starting. Called with the last words of a Redis that died before it answered; the senders' outboxes push again
 * what was lost with its data. Returns what was done; nothing when the data are not what it died of.
 */
export function setDataAside(folder: string, lastLines: string[]): Mended | undefined {
  const data = DATA.filter((name) => existsSync(join(folder, name)))
  const isSaid = (words: RegExp) => lastLines.some((line) => words.test(line))
  if (data.length === 0 || !isSaid(SAID_BY_REDIS) || isSaid(OTHER_REASONS)) return undefined
  const to = join(folder, `${NAME}${new Date().toISOString().replace(/[:.]/g, '-')}`)
  try {
    mkdirSync(to)
    for (const name of data) move(join(folder, name), to)
  } catch (error) {
    return { msg: 'redis.data.in_the_way', reason: String(error) } // a folder that may not be written
  }
  for (const old of oldest(folder)) remove(join(folder, old))
  return { msg: 'redis.data.set_aside', to, reason: reasonIn(lastLines) }
}

/** Into the folder `to` or, where it is a folder without rights, beside it: that takes no right but to where it stands. */
function move(path: string, to: string): void {
  try {
    renameSync(path, join(to, basename(path)))
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error
    renameSync(path, `${to}-${basename(path)}`)
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // without rights it stays, which is no reason not to start
  }
}

function oldest(folder: string): string[] {
  const all = readdirSync(folder).filter((name) => name.startsWith(NAME))
  return all.sort().slice(0, -KEPT)
}

/** Without time and pid. */
function reasonIn(lastLines: string[]): string {
  const last = lastLines.findLast((line) => line.trim() !== '') ?? ''
  return last.replace(/^\d+:[A-Z] .*? [.*#-] /, '')
}
