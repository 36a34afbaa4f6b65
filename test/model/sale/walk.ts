import { seededRandom } from '../../../chaos/random.ts'
import { violation, wrongAtRest } from './judge.ts'
import { initial, type Rules, type Setting, type State } from './state.ts'
import { type Step, stepsFrom, THE_END } from './steps.ts'

const STEPS_MAX = 90
const REST_MAX = 400 // steps; a shop that does not come to rest within them never will
const END_SHARE = 0.03 // of the times it is drawn; or there would be no sale

/** One walk at random, and then on until all is at rest: what went wrong first, and how; null where nothing did. */
export function walk(seed: number, setting: Setting, rules: Rules): { what: string; path: string[] } | null {
  const random = seededRandom(seed)
  const path: string[] = []
  let state: State = initial(setting)
  for (let taken = 0; taken < STEPS_MAX + REST_MAX; taken++) {
    const steps = stepsFrom(state, rules).filter(({ isIdle }) => taken < STEPS_MAX || !isIdle)
    const what = violation(state) ?? (steps.every(({ isIdle }) => isIdle) ? wrongAtRest(state) : null)
    if (what !== null) return { what, path }
    if (steps.length === 0) return null
    const step = random.pick(steps)
    if (isEarly(step, taken) && !random.chance(END_SHARE)) continue
    path.push(step.name)
    state = step.to()
  }
  return { what: 'it never comes to rest', path }
}

const isEarly = ({ name }: Step, taken: number) => name === THE_END && taken < STEPS_MAX
