import type { Config } from '../../../shared/config.ts'
import { remember } from '../room/remember.ts'
import type { Scene } from '../room/snapshot.ts'
import { askLauncher } from './ask-launcher.ts'
import type { Bursts } from './place-burst.ts'
import { gatewaySwitches, mailboxSwitches, readSwitches } from './switches.ts'

const PROCESSES_MS = 400 // at each look
const SWITCHES_MS = 900 // at each second one

export function createScene({ GATEWAY_URL, MAILBOX_URL }: Config, bursts: Bursts): () => Scene {
  const processes = remember(PROCESSES_MS, () => askLauncher({ action: 'list' }))
  const gateway = remember(SWITCHES_MS, async () => gatewaySwitches.parse(await readSwitches(GATEWAY_URL)))
  const mailbox = remember(SWITCHES_MS, async () => mailboxSwitches.parse(await readSwitches(MAILBOX_URL)))
  return () => ({ processes: processes() ?? [], gateway: gateway(), mailbox: mailbox(), burst: bursts.progress() })
}
