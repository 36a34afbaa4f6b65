import type { Config } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Demo } from '../demo/demo.ts'
import { openBus } from './bus/open-bus.ts'
import { openLoop } from './loop/open-loop.ts'
import { openPeaks } from './peaks/peaks.ts'
import { openPubsub } from './pubsub/pubsub.ts'
import { openSale } from './sale/sale.ts'
import { openSignUp } from './sign-up/open-sign-up.ts'
import type { Tour } from './tour.ts'

/** What the server does for one station; `stop` is for when control itself goes. */
export type Part = { endpoints: Endpoint[]; stop(): void }

export type PartDeps = {
  config: Config
  demo: Demo
  tour: Tour
  redis: Redis
  ask: Ask
  log: Logger
}

/** The parts of all stations that have one. */
export const openParts = (deps: PartDeps): Part[] =>
  [openLoop, openSignUp, openBus, openSale, openPeaks, openPubsub].map((open) => open(deps))
