import type { Deps } from './customers.ts'
import { isClockStep } from './fault.ts'
import { limited } from './limited.ts'
import type { Plan } from './plan.ts'
import { openPostBoxes } from './post-boxes.ts'
import type { Shop } from './shop.ts'

/** Where people go, and how long they have a mind to. */
export function peopleOf(plan: Plan, shop: Pick<Shop, 'url' | 'dataDir'>, signal: AbortSignal): Omit<Deps, 'receipts'> {
  return {
    url: () => shop.url('order'),
    gatewayUrl: () => shop.url('payment-gateway'),
    boxes: openPostBoxes(shop),
    areClocksRight: !plan.faults.some(isClockStep),
    signal: limited(signal, lastsMs(plan) + plan.settleLimitMs),
  }
}

/** Until the last fault is over, too. */
function lastsMs({ durationMs, faults }: Plan): number {
  return faults.reduce((ms, fault) => Math.max(ms, fault.atMs + ('forMs' in fault ? fault.forMs : 0)), durationMs)
}
