import { askLauncher } from './ask-launcher.ts'
import { modeOf, type SimulatorName, simulatorNames, simulators } from './simulators.ts'
import { readSwitches, turnSwitches } from './switches.ts'

/** What was found broken, and is not any more. */
export type Repaired = { started: string[]; turned: SimulatorName[] }

/** Starts what is stopped, and turns every simulator well. Rejects when the launcher does not answer; a simulator that is away is well when it comes back. */
export async function repair(urls: Record<SimulatorName, string | undefined>): Promise<Repaired> {
  const stopped = (await askLauncher({ action: 'list' })).filter(({ state }) => state === 'stopped')
  for (const { name } of stopped) await askLauncher({ action: 'start', name })
  const turned = await Promise.all(
    simulatorNames.map(async (name) => ((await turnWell(name, urls[name])) ? [name] : [])),
  )
  return { started: stopped.map(({ name }) => name), turned: turned.flat() }
}

/** True when it was not well. */
async function turnWell(name: SimulatorName, url: string | undefined): Promise<boolean> {
  if (url === undefined) return false
  const before = await readSwitches(url).catch(() => null)
  if (before === null || modeOf(name, before) === 'well') return false
  await turnSwitches(url, simulators[name].modes.get('well') ?? {})
  return true
}
