import { CannotStart } from '../shared/cannot-start.ts'
import { printable } from '../terminal/printable.ts'
import type { Child } from './child.ts'

const EARLY_DEATHS_MAX = 5 // what died so often without ever being up will not begin to work

/** Whether all have come up once, or why they cannot. */
export type FirstStart = {
  /** Resolves when each has been up; rejects, naming the culprit, when one will not, or is not within this time. */
  outcome(limitMs: number): Promise<void>
  wasUp(child: Child): boolean
  up(child: Child): void
  died(child: Child, quickDeaths: number): void
  /** It has said why, so it need not die a few times first. */
  refused(child: Child, reason: string): void
}

export function createFirstStart(children: Child[]): FirstStart {
  const everUp = new Set<Child>()
  let settle: (failure?: CannotStart) => void = () => {}
  const notReady = (limitMs: number) => {
    const late = children.filter((child) => !everUp.has(child))
    const told = late.map((child) => failure(child, `is not ready after ${limitMs / 1000} s`).message)
    return new CannotStart(told.join('\n'))
  }
  return {
    outcome: async (limitMs) => {
      const timer = setTimeout(() => settle(notReady(limitMs)), limitMs)
      const outcome = new Promise<void>((resolve, reject) => {
        settle = (failure) => (failure ? reject(failure) : resolve())
      })
      await outcome.finally(() => clearTimeout(timer))
    },
    wasUp: (child) => everUp.has(child),
    up: (child) => {
      everUp.add(child)
      if (children.every((one) => everUp.has(one))) settle()
    },
    died: (child, quickDeaths) => {
      const isHopeless = children.includes(child) && !everUp.has(child) && quickDeaths >= EARLY_DEATHS_MAX
      if (isHopeless) settle(failure(child, `does not start: it died ${quickDeaths} times in a row`))
    },
    refused: (child, reason) => {
      if (children.includes(child) && !everUp.has(child))
        settle(new CannotStart(`${child.spec.name} cannot start: ${reason}`))
    },
  }
}

function failure(child: Child, what: string): CannotStart {
  const lines = child.tail.lines().map(printable)
  return new CannotStart([`${child.spec.name} ${what}. Its last lines:`, ...lines].join('\n  '))
}
