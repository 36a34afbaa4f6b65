import type { Part, PartDeps } from '../part.ts'
import { actLoop } from './act-loop.ts'
import { createLoop } from './loop.ts'
import { watchLoop } from './watch-loop.ts'

/** What the server does for the station of the tutorial's loop. */
export function openLoop(deps: PartDeps): Part {
  const loop = createLoop(deps)
  return { endpoints: [watchLoop(loop), actLoop({ loop, tour: deps.tour, log: deps.log })], stop: loop.stop }
}
