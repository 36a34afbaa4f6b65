import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../cannot-start.ts'
import type { Config } from '../start/environment.ts'
import type { RedisAddress } from './redis.ts'

/**
 * A shop's own corner of Redis: its keys begin with `REDIS_PREFIX` or, by default, with a name that no other shop can
 * have, made once and kept in DATA_DIR. Services with data folders of their own must be told the prefix.
 */
export function redisAddressOf({ REDIS_URL: url, REDIS_PREFIX, DATA_DIR }: Config): RedisAddress {
  return { url, prefix: `${REDIS_PREFIX ?? shopIdIn(DATA_DIR)}:` }
}

const ID = /^shop-[0-9a-f]{12}$/

/** The name of the shop that has this folder; made, if it has none. */
export function shopIdIn(dataDir: string): string {
  const path = join(dataDir, 'shop-id')
  const kept = keptShopId(dataDir)
  if (kept !== undefined) return kept
  clear(path)
  makeShopId(dataDir, path)
  return readId(path) ?? shopIdIn(dataDir)
}

/** The name that the shop has in Redis already, if it has been made. */
export const keptShopId = (dataDir: string) => readId(join(dataDir, 'shop-id'))

/** Undefined when there is none, or the file is empty or garbled, as a full disk or a power cut leaves it. */
function readId(path: string): string | undefined {
  const text = unlessGone(() => readFileSync(path, 'utf8').trim()) ?? ''
  return ID.test(text) ? text : undefined
}

/** Moved aside before it is judged: another service that starts now may have put a good one there. */
function clear(path: string): void {
  const aside = `${path}.${process.pid}`
  unlessGone(() => renameSync(path, aside))
  if (readId(aside) === undefined) rmSync(aside, { force: true })
  else renameSync(aside, path)
}

function unlessGone<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all: services that start together all read the one that was there first. */
function makeShopId(dataDir: string, path: string): void {
  const own = `${path}.${process.pid}`
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(own, `shop-${randomBytes(6).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(own, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error // else it is there
  } finally {
    rmSync(own)
  }
}
