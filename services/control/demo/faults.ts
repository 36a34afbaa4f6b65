import type { Faults } from '../session-answer.ts'
import { simulatorNames, simulators } from './simulators.ts'

/** Processes that may be killed and come back by themselves, but not stopped: nobody could start them again. */
export const unstoppable = ['control'] as const

/** What may be broken, as far as a page has to know it before it offers it. */
export const faults: Omit<Faults, 'phonesUrl'> = {
  counts: [1, 100, 1_000],
  unstoppable: [...unstoppable],
  simulators: simulatorNames.map((name) => {
    const { modes, ...simulator } = simulators[name]
    return { name, ...simulator, modes: [...modes.keys()] }
  }),
}
