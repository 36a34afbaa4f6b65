import { z } from 'zod'
import type { Part, PartDeps } from '../part.ts'
import { pageName } from '../seen.ts'
import { stationDoors } from '../station-doors.ts'
import { flowsAnswer, ways } from './flow.ts'
import { createFlows } from './flows.ts'
import { mountain } from './mountain.ts'

const perSecond = z.int().min(1).max(100)

const body = z.strictObject({
  page: pageName,
  action: z.literal('send'),
  way: z.enum(ways),
  seconds: mountain,
  perSecond: perSecond.describe('The pace of payment; or, without a queue, what the gateway takes'),
  gatewayTakes: perSecond.optional().describe('Less than payment believes: what is more is answered with 429'),
})

const begun = z.object({ startedAt: z.number().describe('By which this mountain is told from others') })

/** Of the station of peaks: sends mountains of load, through the queue or straight at a gateway, and counts what becomes of them. */
export function openPeaks(deps: PartDeps): Part {
  const flows = createFlows(deps)
  const doors = {
    id: 'peaks',
    what: {
      shown: 'what has become of the mountains of load',
      done: 'Send a mountain of load',
    },
    ...{ body, begun, told: flowsAnswer },
    act: async (asked: z.infer<typeof body>) => ({ startedAt: await flows.send(asked) }),
    read: () => ({ flows: flows.all() }),
    mend: flows.mend,
  }
  return { endpoints: stationDoors(doors, deps), stop: flows.stop }
}
