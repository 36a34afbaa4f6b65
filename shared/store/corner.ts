import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { RedisAddress } from './redis.ts'

/**
 * A shop's own corner of Redis: its keys begin with `REDIS_PREFIX` or, by default, with a name that no other shop can
 * have, made once and kept in DATA_DIR. Services with data folders of their own must be told the prefix.
 */
export function redisAddressOf({ REDIS_URL: url, REDIS_PREFIX, DATA_DIR }: Config): RedisAddress {
  return { url, prefix: `${REDIS_PREFIX ?? shopIdIn(DATA_DIR)}:` }
}

function shopIdIn(dataDir: string): string {
  const path = join(dataDir, 'shop-id')
  if (!existsSync(path)) makeShopId(dataDir, path)
  return readFileSync(path, 'utf8').trim()
}

/** Whole or not at all: services that start together all read the one that was there first. */
function makeShopId(dataDir: string, path: string): void {
  const own = `${path}.${process.pid}`
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(own, `shop-${randomBytes(6).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(own, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error // else it is there
  } finally {
    rmSync(own)
  }
}
