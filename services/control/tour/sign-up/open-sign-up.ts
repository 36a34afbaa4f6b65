import type { Part, PartDeps } from '../part.ts'
import { actSignUp } from './act-sign-up.ts'

/** What the server does for the station of registrations. */
export function openSignUp({ demo, tour, config, log }: PartDeps): Part {
  return { endpoints: [actSignUp({ tour, demo, shopUrl: config.ORDER_URL, log })], stop: () => {} }
}
