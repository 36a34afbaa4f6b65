import type { Step } from '../seen.ts'

const EARLY_MAX = 100

/** Steps about an order that is not known yet: a worker may have it in hand before its customer has our answer. */
export function createEarly() {
  let steps: Step[] = []
  let isExpected = false
  return {
    /** An order is about to be added. */
    expect: (): void => {
      isExpected = true
      steps = []
    },
    isExpected: (): boolean => isExpected,
    keep: (step: Step): void => {
      steps = [...steps, step].slice(-EARLY_MAX)
    },
    /** What was the order's that is added now. A program that died meanwhile died of it, though with something in hand that only follows from it. */
    take: (isAboutIt: (step: Step) => boolean): Step[] => {
      const own = steps.filter((step) => step.isLast || isAboutIt(step))
      isExpected = false
      steps = steps.filter((step) => !own.includes(step))
      return own
    },
    clear: (): void => {
      steps = []
      isExpected = false
    },
  }
}
