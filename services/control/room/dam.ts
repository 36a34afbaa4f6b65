import type { Ask } from '../../../shared/web/ask-service.ts'
import { type Peaks, peaks, shed } from '../../../shared/web/peaks.ts'
import { remember } from './remember.ts'

const LOOK_MS = 450 // with each look of the room; order itself looks once a second

/** What order tells of the peaks it holds back, and of the sale how many it has refused; null while order cannot be asked. */
export function createDamReader(ask: Ask): () => Peaks | null {
  const ofOrder = remember(LOOK_MS, async () => peaks.parse((await ask('order', '/ops/peaks'))?.body))
  const ofSale = remember(LOOK_MS, async () => shed.parse((await ask('sale', '/ops/shed'))?.body))
  return () => {
    const told = ofOrder()
    if (told === null) return null
    const { browsing = 0, joining = 0 } = ofSale() ?? {}
    return { ...told, shed: { ...told.shed, joining, browsing: told.shed.browsing + browsing } }
  }
}
