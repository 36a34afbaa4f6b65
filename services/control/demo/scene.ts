import type { z } from 'zod'
import type { Config } from '../../../shared/config.ts'
import { remember } from '../room/remember.ts'
import { askLauncher, type Process } from './ask-launcher.ts'
import type { Burst, Bursts } from './place-burst.ts'
import { gatewaySwitches, mailboxSwitches, readSwitches } from './switches.ts'

const PROCESSES_MS = 400 // at each look
const SWITCHES_MS = 900 // at each second one

/** What the demo shows of its own machinery; null where it cannot be asked. */
export type Scene = {
  processes: Process[]
  gateway: z.infer<typeof gatewaySwitches> | null
  mailbox: z.infer<typeof mailboxSwitches> | null
  burst: Burst | null
}

export function createScene({ GATEWAY_URL, MAILBOX_URL }: Config, bursts: Bursts): () => Scene {
  const processes = remember(PROCESSES_MS, () => askLauncher({ action: 'list' }))
  const gateway = remember(SWITCHES_MS, async () => gatewaySwitches.parse(await readSwitches(GATEWAY_URL)))
  const mailbox = remember(SWITCHES_MS, async () => mailboxSwitches.parse(await readSwitches(MAILBOX_URL)))
  return () => ({ processes: processes() ?? [], gateway: gateway(), mailbox: mailbox(), burst: bursts.progress() })
}
