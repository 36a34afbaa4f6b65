import type { Config } from '../../../shared/config.ts'
import type { Repaired, Scene } from '../room/snapshot.ts'
import { acceptedPathIn } from './accepted-list.ts'
import { askLauncher, type Control } from './ask-launcher.ts'
import { type Auditor, createAuditor } from './audit-in-child.ts'
import { createMarks, type Marks, marksIn } from './marks.ts'
import { type Bursts, createBurst } from './place-burst.ts'
import { type Poisoned, placePoison } from './place-poison.ts'
import { createRepair, type Pauses } from './repair.ts'
import { createScene } from './scene.ts'
import { type Crowds, createCrowds } from './send-crowd.ts'
import { type SimulatorName, simulators, simulatorUrls } from './simulators.ts'
import { turnSwitches } from './switches.ts'

/** The ways to break something, and to see what comes of it. There is none unless the launcher started us for a demo, and never in production. */
export type Demo = {
  control(action: Control, name: string): Promise<void>
  turn(of: SimulatorName, mode: string): Promise<void>
  /** Whether the launcher brought this Redis: another one may hold what is not ours. */
  ownsRedis(): Promise<boolean>
  /** Places an order whose message to payment fails until it is repaired. */
  poison(): Promise<Poisoned>
  bursts: Bursts
  crowds: Crowds
  scene(): Scene
  /** What was broken lately, and what died. */
  marks: Marks
  /** Makes everything well again, and tells what it did. */
  repair(pauses: Pauses): Promise<Repaired>
  /** The page with the phones that get the SMS; null where these are really sent. */
  phonesUrl: string | null
  auditor: Auditor | null
}

/** Returns null where nothing may be broken. */
export function createDemo(config: Config): Demo | null {
  const { DEMO: isDemo, NODE_ENV, DATA_DIR: dataDir } = config
  if (!isDemo || NODE_ENV === 'production' || process.send === undefined) return null
  const urls = simulatorUrls(config)
  const bursts = createBurst(config)
  const crowds = createCrowds(config)
  const marks = createMarks(marksIn(dataDir))
  return {
    control: async (action, name) => void (await askLauncher({ action, name })),
    turn: (of, mode) => turnSwitches(urls[of], simulators[of].modes.get(mode) ?? {}),
    ownsRedis: async () => (await askLauncher({ action: 'list' })).some(({ name }) => name === 'redis'),
    poison: () => placePoison(config),
    bursts,
    crowds,
    scene: createScene(config, { bursts, crowds, marks }),
    marks,
    repair: createRepair({ urls, bursts, crowds }),
    phonesUrl: urls.sms === undefined ? null : `${urls.sms}/phones`,
    auditor: createAuditor(dataDir, acceptedPathIn(dataDir)),
  }
}
