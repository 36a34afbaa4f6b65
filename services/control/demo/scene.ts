import type { Config } from '../../../shared/config.ts'
import { remember } from '../room/remember.ts'
import type { Scene } from '../room/snapshot.ts'
import { askLauncher } from './ask-launcher.ts'
import type { Marks } from './marks.ts'
import type { Bursts } from './place-burst.ts'
import type { Crowds } from './send-crowd.ts'
import { modeOf, type SimulatorName, simulatorNames, simulatorUrls } from './simulators.ts'
import { readSwitches } from './switches.ts'

const PROCESSES_MS = 400 // at each look
const SWITCHES_MS = 900 // at each second one

type Sent = { bursts: Bursts; crowds: Crowds; marks: Marks }

/** Looks at the demo's own machinery: its processes, its simulators, and the orders and buyers it sends. */
export function createScene(config: Config, { bursts, crowds, marks }: Sent): () => Scene {
  const processes = remember(PROCESSES_MS, async () => {
    const seen = await askLauncher({ action: 'list' })
    marks.see(seen)
    return seen
  })
  const urls = simulatorUrls(config)
  const modeNow = (name: SimulatorName) =>
    remember(SWITCHES_MS, async () => modeOf(name, await readSwitches(urls[name])))
  const modes = simulatorNames.map((name) => ({ name, now: modeNow(name) }))
  return () => ({
    processes: processes() ?? [],
    modes: Object.fromEntries(modes.map(({ name, now }) => [name, now()])),
    burst: bursts.progress(),
    crowd: crowds.progress(),
  })
}
