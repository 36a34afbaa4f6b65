import type { Config } from '../../../shared/config.ts'
import type { Process, Repaired, Scene } from '../room/snapshot.ts'
import { acceptedPathIn } from './accepted-list.ts'
import { askLauncher, type Control, type Stepping } from './ask-launcher.ts'
import { type Auditor, createAuditor } from './audit-in-child.ts'
import { createMarks, type Marks, marksIn } from './marks.ts'
import { type Bursts, createBurst } from './place-burst.ts'
import { type Poisoned, placePoison } from './place-poison.ts'
import { createRepair, type Pauses } from './repair.ts'
import { createScene } from './scene.ts'
import { type Crowds, createCrowds } from './send-crowd.ts'
import { type SimulatorName, type Switches, simulators, simulatorUrls } from './simulators.ts'
import { turnSwitches } from './switches.ts'

/** The ways to break something, and to see what comes of it. There is none unless the launcher started us for a demo, and never in production. */
export type Demo = {
  control(action: Control, name: string): Promise<void>
  turn(of: SimulatorName, mode: string): Promise<void>
  /** The same switch by switch. */
  switch(of: SimulatorName, to: Switches): Promise<void>
  /** The processes of the shop. */
  processes(): Promise<Process[]>
  /** The processes that run only when they are asked for: the tutorial's. */
  onDemand(): Promise<Process[]>
  /** Tells a process something. */
  tell(name: string, message: { type: string } & Record<string, unknown>): Promise<void>
  /** How all programs go, as far as their steps are concerned. */
  steps(how: Stepping): Promise<void>
  /** A program dies at this step of the protocol, as by `kill -9`, once; null: at none. */
  dieAt(name: string, point: string | null): Promise<void>
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
    switch: (of, to) => turnSwitches(urls[of], to),
    processes: () => askLauncher({ action: 'list' }),
    onDemand: () => askLauncher({ action: 'onDemand' }),
    tell: async (name, message) => void (await askLauncher({ action: 'tell', name, message })),
    steps: async (how) => void (await askLauncher({ action: 'steps', how })),
    dieAt: async (name, point) => void (await askLauncher({ action: 'dieAt', name, point })),
    ownsRedis: async () => (await askLauncher({ action: 'list' })).some(({ name }) => name === 'redis'),
    poison: () => placePoison(config),
    bursts,
    crowds,
    scene: createScene(config, { bursts, crowds, marks }),
    marks,
    repair: createRepair({ urls, bursts, crowds }),
    phonesUrl: urls.sms === undefined ? null : `${urls.sms}/phones`,
    auditor: createAuditor(config, acceptedPathIn(dataDir)),
  }
}
