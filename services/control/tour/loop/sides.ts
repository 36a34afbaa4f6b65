import type { Config } from '../../../../shared/config.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Demo } from '../../demo/demo.ts'
import { createLeft } from './left.ts'
import { createMending } from './mending.ts'
import type { Pair } from './pair.ts'
import { createPairs } from './pairs.ts'
import { createRight } from './right.ts'
import { watchPairs } from './watch-pairs.ts'

type Deps = { demo: Demo; redis: Redis; ask: Ask; config: Config }
export type Sides = ReturnType<typeof createSides>

/** The tutorial's loop, the shop, and what is seen of orders that go both ways. */
export function createSides({ demo, redis, ask, config }: Deps) {
  const pairs = createPairs()
  const left = createLeft({ demo, redis, dataDir: config.DATA_DIR })
  const right = createRight(config, redis)
  const watched = watchPairs({ left, right, pairs, ask })
  const { start, disarm, mend } = createMending({ demo, left, watched, pairs })
  let hasBegun = false
  return {
    ...{ pairs, left, right, watched, start, mend },
    /** Starts the tutorial with nothing left of an earlier time. */
    begin: async (): Promise<void> => {
      if (hasBegun) return
      await left.clear()
      await start()
      hasBegun = true
    },
    end: async (): Promise<void> => {
      await disarm()
      await left.stop()
      await left.clear()
      pairs.clear()
      hasBegun = false
    },
    /** Sends one order both ways. */
    send: async (): Promise<Pair> => {
      pairs.expect()
      const order = await right.send()
      const pair = watched.add(order)
      await left.send(order.number)
      return pair
    },
  }
}
