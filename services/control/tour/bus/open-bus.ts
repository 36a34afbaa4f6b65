import { services } from '../../../../shared/routes.ts'
import type { Part, PartDeps } from '../part.ts'
import { busDoors } from './act-bus.ts'
import { createGuest } from './guest.ts'

/** What the server does for the station of the bus. A guest that is still there, or that something is left for, was let in by a control that has died. */
export function openBus({ demo, redis, ask, config, tour, log }: PartDeps): Part {
  if (new Set<string>(services).has('loyalty')) return { endpoints: [], stop: () => {} } // somebody has added it for good
  const guest = createGuest({ demo, redis, ask, dataDir: config.DATA_DIR })
  guest.leave().catch((error) => log.warn({ err: error }, 'tour.guest.failed'))
  return { endpoints: busDoors({ tour, guest, log }), stop: () => {} }
}
