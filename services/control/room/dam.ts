import { z } from 'zod'
import { services } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import { remember } from './remember.ts'
import type { Dam } from './snapshot.ts'

const LOOK_MS = 450 // with each look of the room; order itself looks once a second

const number = z.number()
const hop = z.object({
  ...{ service: z.enum(services), waiting: number, listed: number, onDisk: number, held: number },
  ...{ inPerS: number, outPerS: number, canPerS: number, waitMs: number.nullable() },
  ...{ pacePerS: number.nullable(), atOnce: number.nullable(), underWay: number.nullable() },
})
const shed = z.object({ browsing: number, joining: number, placing: number })
const peaks = z.object({
  ...{ hops: z.array(hop), expectedPaidInMs: number.nullable(), promiseMs: number, delayMs: number, shed },
})

/** What order tells of the peaks it holds back, and of the sale how many it has refused; null while order cannot be asked. */
export function createDamReader(ask: Ask): () => Dam | null {
  const ofOrder = remember(LOOK_MS, async () => peaks.parse((await ask('order', '/ops/peaks'))?.body))
  const ofSale = remember(LOOK_MS, async () => shed.parse((await ask('sale', '/ops/shed'))?.body))
  return () => {
    const told = ofOrder()
    if (told === null) return null
    const { browsing = 0, joining = 0 } = ofSale() ?? {}
    return { ...told, shed: { ...told.shed, joining, browsing: told.shed.browsing + browsing } }
  }
}
