import type { Step } from '../seen.ts'
import { createEarly } from './early.ts'
import type { LeftLook } from './left.ts'
import type { LoopNow } from './loop-answer.ts'
import { createPair, type Died, noteLeft, noteStep, type Pair } from './pair.ts'
import type { Placed } from './right.ts'
import { createSubjects } from './subjects.ts'
import { createTries } from './tries.ts'

const KEPT = 24 // the page shows fewer
const CLOSED_MS = 3_000 // after so long nothing more is expected of an order

export type Pairs = ReturnType<typeof createPairs>

/** Keeps what has been seen of each order on both sides, by the steps of programs and by looks at what they left behind. */
export function createPairs() {
  let pairs: Pair[] = []
  const early = createEarly()
  const subjects = createSubjects()
  const tries = createTries()
  return {
    all: () => pairs,
    /** Those whose order may still change. */
    open: (now: number) => pairs.filter(({ right }) => right.doneAt === null || now - right.doneAt < CLOSED_MS),
    /** One is about to be added. */
    expect: early.expect,
    /** Returns it, with the deaths that were its before it was known. */
    add: (order: Placed, at: number): { pair: Pair; died: Died[] } => {
      const pair = createPair(order, at)
      pairs = [...pairs, pair].slice(-KEPT)
      const own = early.take((step) => subjects.isAbout(step, pair))
      return { pair, died: own.flatMap((step) => noteStep(pair, step)) }
    },
    tried: tries.add,
    messagesOf: subjects.messagesOf,
    /** Notes a step. Returns whose deaths it was. */
    step: (step: Step): Died[] => {
      subjects.learn(step)
      const known = pairs.filter((pair) => subjects.isAbout(step, pair))
      const concerned = known.length === 0 && step.isLast && !early.isExpected() ? pairs.slice(-1) : known
      if (concerned.length === 0) early.keep(step)
      return concerned.flatMap((pair) => noteStep(pair, step))
    },
    looked: (look: LeftLook, consumerSince: number | null, now: number): void => {
      for (const pair of pairs) noteLeft(pair, look, consumerSince, now)
    },
    now: (): Pick<LoopNow, 'sent' | 'tries' | 'matrix'> => {
      const sent = pairs.map(({ key: _, missingSince: __, ...one }) => one)
      return { sent, ...tries.now(sent) }
    },
    clear: (): void => {
      pairs = []
      for (const kept of [early, subjects, tries]) kept.clear()
    },
  }
}
