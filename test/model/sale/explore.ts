import { violation, wrongAtRest } from './judge.ts'
import { initial, type Rules, type Setting, type State } from './state.ts'
import { stepsFrom } from './steps.ts'

/** Walks every state that a sale can reach, breadth first, until something is wrong or `statesMax` are seen. */
export function exploreSale(
  setting: Setting,
  rules: Rules,
  statesMax: number,
): { what: string | null; states: number } {
  const start = initial(setting)
  const seen = new Set([keyOf(start)])
  const queue = [start]
  for (const state of queue) {
    const steps = stepsFrom(state, rules)
    const what = violation(state) ?? (steps.every(({ isIdle }) => isIdle) ? wrongAtRest(state) : null)
    if (what !== null) return { what, states: seen.size }
    for (const { to } of steps) {
      const next = to()
      const key = keyOf(next)
      if (seen.has(key)) continue
      if (seen.size >= statesMax) throw new Error(`more than ${statesMax} states`)
      seen.add(key)
      queue.push(next)
    }
  }
  return { what: null, states: seen.size }
}

/** The order of what is on its way says nothing: equal states get equal keys. */
function keyOf({ setting, bag, ...rest }: State): string {
  const sent = bag.map(({ to, name, e, n, isSeen }) => `${to} ${name} ${e} ${n} ${isSeen}`)
  return `${sent.sort().join()} ${JSON.stringify(rest)}`
}
