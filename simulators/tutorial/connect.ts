import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { TUTORIAL_CORNER } from '../../shared/keys.ts'
import type { Logger } from '../../shared/logger.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectTrusting, type Redis } from '../../shared/store/redis.ts'

/** The tutorial's connection, in a corner of its own within the shop's. It connects again by itself, which is kinder than the tutorial. */
export function connect(config: Config, log: Logger): Redis {
  const { url, prefix } = redisAddressOf(config)
  return connectTrusting({ url, prefix: prefix + TUTORIAL_CORNER }, createHealth(log))
}
