import { setTimeout as delay } from 'node:timers/promises'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Step } from '../seen.ts'
import { CONSUMER, type Left, PRODUCER } from './left.ts'
import type { LoopNow } from './loop-answer.ts'
import { type Died, noteRight, type Pair } from './pair.ts'
import type { Pairs } from './pairs.ts'
import type { Placed, Right } from './right.ts'
import { readSources } from './sources.ts'
import { WAY, whoKnowsLeft, whoKnowsRight } from './who-knows.ts'

const TRIES = 20
const AGAIN_MS = 300

type Deps = { left: Left; right: Right; pairs: Pairs; ask: Ask }

/** Sees what becomes of the pairs: hears the steps of programs, and looks at what they leave behind. */
export function watchPairs({ left, right, pairs, ask }: Deps) {
  const sources = readSources()
  let isUp: LoopNow['isUp'] = { producer: false, consumer: false }
  let startedAt = 0
  let consumerSince: number | null = null
  const lookUp = (died: Died[]) => {
    for (const { pair, death, isLeft } of died) {
      const knows = isLeft ? whoKnowsLeft : whoKnowsRight
      void tryAgain(() => knows(pair, death.program, { ask, left, right, pairs })).then((known) => {
        death.known = known
      })
    }
  }
  return {
    /** The tutorial's consumer is being started, unless it runs. */
    starts: (): void => {
      startedAt = Date.now()
    },
    hear: (step: Step): void => {
      if (step.isLast && step.service === CONSUMER) consumerSince = null
      lookUp(pairs.step(step))
    },
    /** An order has been accepted, and goes both ways. */
    add: (order: Placed): Pair => {
      const { pair, died } = pairs.add(order, Date.now())
      lookUp(died)
      return pair
    },
    /** Rejects while one of those who are asked is away; what was known before stays. */
    look: async (now: number): Promise<void> => {
      const seen = await left.look()
      isUp = { producer: seen.up.includes(PRODUCER), consumer: seen.up.includes(CONSUMER) }
      consumerSince = isUp.consumer ? (consumerSince ?? startedAt) : null
      pairs.looked(seen, consumerSince, now)
      const open = pairs.open(now)
      const listed = open.length === 0 ? [] : await right.listed(WAY)
      await Promise.all(
        open.map(async (pair) => noteRight(pair, await right.look({ id: pair.orderId, key: pair.key }), listed)),
      )
    },
    /** All but when that was. */
    now: (): Omit<LoopNow, 'at'> => ({ isUp, sources, ...pairs.now() }),
  }
}

/** Whoever has to be asked may have died, and is back soon. Null when that takes too long. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await work().catch(() => null)
    if (found !== null) return found
    await delay(AGAIN_MS)
  }
  return null
}
