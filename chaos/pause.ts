import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { asAdmin, askOnce } from './ask.ts'
import type { Deed } from './fault.ts'
import type { Shop } from './shop.ts'
import { untilDone } from './until-done.ts'

const LATE_MS = 2_000 // after that, what was asked and not answered is done or never will be
const TRIES_MAX = 300 // a minute at least: what dies too often is started later and later

/**
 * Has a service pop nothing for a while, as the admin does: by the door of the control room. It is told to go on whatever
 * became of that, for a pause may be kept though its answer was lost; nobody else would tell it.
 */
export async function pause({ service, forMs }: Extract<Deed, { kind: 'pause' }>, shop: Shop): Promise<void> {
  const tell = async (verb: 'pause' | 'resume') => {
    const url = `${shop.url('control')}/api/admin/queues/${service}/${verb}`
    const answer = await askOnce(url, {}, asAdmin(randomUUID()))
    if (answer?.status !== 200) throw new Error(`${service} was not told to ${verb}`)
  }
  const failure = await tell('pause').catch((error) => error)
  await delay(failure === undefined ? forMs : LATE_MS)
  await untilDone(() => tell('resume'), TRIES_MAX)
  if (failure !== undefined) throw failure
}
