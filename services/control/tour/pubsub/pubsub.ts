import { z } from 'zod'
import type { Part, PartDeps } from '../part.ts'
import { pageName } from '../seen.ts'
import { stationDoors } from '../station-doors.ts'
import { kinds, talksAnswer } from './talk-shape.ts'
import { createTalks } from './talks.ts'

const LISTENERS_MAX = 1_000

const body = z.strictObject({
  page: pageName,
  action: z.literal('talk'),
  kind: z.enum(kinds).describe('What is broken meanwhile; `talk`: nothing'),
  listeners: z.int().min(1).max(LISTENERS_MAX).describe('Of each kind'),
})
type Wish = z.infer<typeof body>

const begun = z.object({ startedAt: z.number().describe('By which this talk is told from others') })

/** Of the station of publish/subscribe: a crowd of listeners, and talks to them while something is broken. */
export function openPubsub(deps: PartDeps): Part {
  const talks = createTalks(deps)
  const doors = {
    id: 'pubsub',
    what: { shown: 'what listeners have heard', done: 'Tell a crowd of listeners six pieces of news' },
    ...{ body, begun, told: talksAnswer },
    act: async (wish: Wish) => ({ startedAt: await talks.begin(wish) }),
    read: () => ({ talks: talks.all() }),
    mend: async (isGone: boolean) => isGone && talks.stop(), // what was broken heals by itself, and is counted to its end
  }
  return { endpoints: stationDoors(doors, deps), stop: talks.stop }
}
