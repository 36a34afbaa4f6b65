import type { Config } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Mailbox } from '../../../shared/web/mailbox.ts'
import type { Demo } from '../demo/demo.ts'
import { actTour } from './act-tour.ts'
import { createOutside } from './outside.ts'
import { openParts } from './part.ts'
import { showOutside } from './show-outside.ts'
import { createTour } from './tour.ts'
import { watchTour } from './watch-tour.ts'

type Deps = {
  config: Config
  demo: Demo | null
  redis: Redis
  ask: Ask
  mailbox: Mailbox | null
  services: readonly Service[]
  log: Logger
}

/** All that the server does for the tour, which there is only in the demo. */
export function openTour({ config, demo, redis, ask, mailbox, services, log }: Deps): {
  endpoints: Endpoint[]
  stop(): void
} {
  if (demo === null) return { endpoints: [], stop: () => {} }
  const tour = createTour({ demo, redis, log })
  const parts = openParts({ config, demo, tour, redis, ask, log })
  const outside = createOutside(config, mailbox)
  const own = [watchTour(tour), actTour({ tour, demo, redis, ask, services, log }), showOutside(outside)]
  return {
    endpoints: [...own, ...parts.flatMap(({ endpoints }) => endpoints)],
    stop: () => {
      tour.stop()
      for (const part of parts) part.stop()
    },
  }
}
