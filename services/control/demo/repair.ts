import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Repaired } from '../room/snapshot.ts'
import { askLauncher } from './ask-launcher.ts'
import type { Bursts } from './place-burst.ts'
import type { Crowds } from './send-crowd.ts'
import { modeOf, type SimulatorName, simulatorNames, simulators } from './simulators.ts'
import { readSwitches, turnSwitches } from './switches.ts'

/** What a repair did: processes started, simulators turned well, lists resumed, senders of orders ended; and what it could not do. */
export const repaired: z.ZodType<Repaired> = z.object({
  started: z.array(z.string()).describe('Processes that were stopped'),
  turned: z.array(z.string()).describe('Simulators that behave well again'),
  resumed: z.array(z.enum(services)).describe('Services that were paused'),
  ended: z.array(z.enum(['burst', 'crowd'])).describe('Orders and buyers that were still being sent'),
  failed: z.array(z.string()).describe('What could not be made well, by name'),
})

/** The lists, as far as a repair needs them: who is paused, and letting a service go on. */
export type Pauses = {
  paused(): Promise<Service[]>
  resume(service: Service): Promise<unknown>
  /** The same for one that was just started and cannot be asked yet. Never rejects. */
  resumeSoon(service: Service): Promise<void>
}

type Deps = { urls: Record<SimulatorName, string | undefined>; bursts: Bursts; crowds: Crowds }

/**
 * Makes all well that can be broken here; what is well is left alone. Processes come first: a simulator that is started behaves
 * well by itself. Rejects when the launcher does not answer.
 */
export function createRepair({ urls, bursts, crowds }: Deps): (pauses: Pauses) => Promise<Repaired> {
  return async (pauses) => {
    const ended = endSenders(bursts, crowds)
    const stopped = (await askLauncher({ action: 'list' })).filter(({ state }) => state === 'stopped')
    const starts = await each(
      stopped.map(({ name }) => name),
      (name) => askLauncher({ action: 'start', name }),
    )
    const silent = new Set(stopped.map(({ name }) => name))
    const present = simulatorNames.filter((name) => urls[name] !== undefined && !silent.has(simulators[name].process))
    const turns = await each(present, (name) => makeWell(name, urls[name]))
    const resumes = await each(await pauses.paused(), pauses.resume)
    for (const service of services) if (silent.has(service)) void pauses.resumeSoon(service)
    return {
      ...{ started: starts.done, turned: turns.done, resumed: resumes.done, ended },
      failed: [...starts.failed, ...turns.failed.map((name) => simulators[name].process), ...resumes.failed],
    }
  }
}

function endSenders(bursts: Bursts, crowds: Crowds): Repaired['ended'] {
  const ended: Repaired['ended'] = []
  if (bursts.progress()?.isOver === false) ended.push('burst')
  if (crowds.progress()?.isOver === false) ended.push('crowd')
  bursts.stop()
  crowds.stop()
  return ended
}

/** False when it was well already. */
async function makeWell(name: SimulatorName, url: string | undefined): Promise<boolean> {
  if (modeOf(name, await readSwitches(url)) === 'well') return false
  await turnSwitches(url, simulators[name].modes.get('well') ?? {})
  return true
}

/** Does something to each. One that fails holds up no other; what answers `false` had nothing to be done. */
async function each<T>(all: T[], act: (one: T) => Promise<unknown>): Promise<{ done: T[]; failed: T[] }> {
  const ends = await Promise.all(
    all.map((one) =>
      act(one).then(
        (answer) => ({ one, end: answer === false ? 'nothing' : 'done' }),
        () => ({ one, end: 'failed' }),
      ),
    ),
  )
  const which = (wanted: string) => ends.filter(({ end }) => end === wanted).map(({ one }) => one)
  return { done: which('done'), failed: which('failed') }
}
