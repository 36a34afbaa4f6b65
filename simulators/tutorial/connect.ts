import { Redis } from 'ioredis'
import type { Config } from '../../shared/config.ts'
import { TUTORIAL_CORNER } from '../../shared/keys.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'

/** The tutorial's connection, in a corner of its own within the shop's. It connects again by itself, which is kinder than the tutorial. */
export function connect(config: Config): Redis {
  const { url, prefix } = redisAddressOf(config)
  const redis = new Redis(url, { keyPrefix: prefix + TUTORIAL_CORNER })
  redis.on('error', () => {}) // it comes back
  return redis
}
