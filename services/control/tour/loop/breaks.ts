import type { Redis } from '../../../../shared/store/redis.ts'
import type { Demo } from '../../demo/demo.ts'
import { flushAll, pushGarbage } from '../../demo/spoil-lists.ts'
import { CONSUMER, type Left } from './left.ts'
import type { BreakName } from './loop-answer.ts'
import type { Pair } from './pair.ts'
import type { Right } from './right.ts'
import { untilTrue } from './until-true.ts'

const LOST_LIMIT_MS = 5_000

type Deps = {
  demo: Demo
  redis: Redis
  left: Left
  right: Right
  /** Sends one order both ways. */
  send(): Promise<Pair>
}

/** What is done to both sides at the same moment. Resolves with when that was, where no death tells it, and with what was sent. */
export const breaks: Record<BreakName, (deps: Deps) => Promise<{ at: number | null; pairs: Pair[] }>> = {
  popped: async ({ demo, send }) => {
    await demo.dieAt(CONSUMER, 'popped')
    await demo.dieAt('inventory', 'after pop')
    return { at: null, pairs: [await send()] }
  },

  charged: async ({ demo, send }) => {
    await demo.dieAt(CONSUMER, 'charged')
    await demo.dieAt('payment', 'gateway answered')
    return { at: null, pairs: [await send()] }
  },

  /** While both consumers are away for a moment, so that something waits. */
  flush: async ({ demo, redis, send }) => {
    const consumers = [CONSUMER, 'inventory']
    await Promise.all(consumers.map((name) => demo.control('stop', name)))
    try {
      const pairs = [await send(), await send(), await send()]
      await untilTrue(async () => pairs.every(({ left }) => left.toldAt !== null), LOST_LIMIT_MS, 'the pushes')
      const at = Date.now()
      await flushAll(redis, demo)
      return { at, pairs }
    } finally {
      await Promise.all(consumers.map((name) => demo.control('start', name)))
    }
  },

  answer: async ({ demo, left, right, send }) => {
    await left.loseAnswer()
    await demo.switch('gateway', { loseAnswers: 1 })
    try {
      const at = Date.now()
      const pair = await send()
      const isCharged = async () => (await right.look({ id: pair.orderId, key: pair.key })).charges > 0
      await untilTrue(isCharged, LOST_LIMIT_MS, 'the charge whose answer is lost')
      return { at, pairs: [pair] }
    } finally {
      await demo.switch('gateway', { loseAnswers: 0 })
    }
  },

  poison: async ({ redis, left, send }) => {
    const at = Date.now()
    await Promise.all([left.poison(), pushGarbage(redis, 'inventory')])
    return { at, pairs: [await send(), await send()] }
  },
}
