import type { Config } from '../../../shared/config.ts'
import { askLauncher, type Control } from './ask-launcher.ts'
import { turnSwitches } from './switches.ts'

/** The ways to break something. There is none unless the launcher started us for a demo, and never in production. */
export type Demo = {
  control(action: Control, name: string): Promise<void>
  turn(of: 'gateway' | 'mailbox', to: object): Promise<void>
  /** Whether the launcher brought this Redis: another one may hold what is not ours. */
  ownsRedis(): Promise<boolean>
}

/** Returns null where nothing may be broken. */
export function createDemo({ DEMO: isDemo, NODE_ENV, GATEWAY_URL, MAILBOX_URL }: Config): Demo | null {
  if (!isDemo || NODE_ENV === 'production' || process.send === undefined) return null
  const urls = { gateway: GATEWAY_URL, mailbox: MAILBOX_URL }
  return {
    control: async (action, name) => void (await askLauncher({ action, name })),
    turn: (of, to) => turnSwitches(urls[of], to),
    ownsRedis: async () => (await askLauncher({ action: 'list' })).some(({ name }) => name === 'redis'),
  }
}
