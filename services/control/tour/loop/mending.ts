import type { Demo } from '../../demo/demo.ts'
import { CONSUMER, type Left, PRODUCER } from './left.ts'
import type { Pair } from './pair.ts'
import type { Pairs } from './pairs.ts'
import { untilTrue } from './until-true.ts'
import type { watchPairs } from './watch-pairs.ts'
import { WAY } from './who-knows.ts'

const BACK_LIMIT_MS = 15_000
const REST_LIMIT_MS = 10_000

type Deps = { demo: Demo; left: Left; watched: Pick<ReturnType<typeof watchPairs>, 'starts'>; pairs: Pairs }

/** How both sides come to be whole again. */
export function createMending({ demo, left, watched, pairs }: Deps) {
  const areBack = async () => {
    const up = (await demo.processes()).filter(({ state }) => state === 'up').map(({ name }) => name)
    return WAY.every((name) => up.includes(name))
  }
  /** Starts what of the tutorial does not run. */
  const start = async () => {
    watched.starts()
    await left.start()
  }
  /** Nothing is to die any more. */
  const disarm = async () => {
    for (const name of [CONSUMER, PRODUCER, ...WAY]) await demo.dieAt(name, null)
  }
  return {
    start,
    disarm,
    /** Resolves when both are as if nothing had been broken, so that what is broken next hits what is sent with it. */
    mend: async (): Promise<void> => {
      await disarm()
      await start()
      await untilTrue(areBack, BACK_LIMIT_MS, 'the shop to be up again') // who is told to die while it starts does not
      await untilTrue(async () => pairs.all().every(isFinal), REST_LIMIT_MS, 'earlier orders').catch(() => {}) // they may never be
    },
  }
}

const isFinal = ({ right }: Pair) => right.doneAt !== null
