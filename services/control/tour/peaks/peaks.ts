import { z } from 'zod'
import type { Part, PartDeps } from '../part.ts'
import { pageName } from '../seen.ts'
import { stationDoors } from '../station-doors.ts'
import { flowsAnswer, ways } from './flow.ts'
import { createFlows, type Flows } from './flows.ts'
import { mountain } from './mountain.ts'

const page = pageName
const perSecond = z.int().min(1).max(100)

const body = z.discriminatedUnion('action', [
  z.strictObject({
    page,
    action: z.literal('send'),
    way: z.enum(ways),
    seconds: mountain,
    perSecond: perSecond.describe('The pace of payment; or, without a queue, what the gateway takes'),
  }),
  z.strictObject({ page, action: z.literal('throttle'), perSecond: perSecond.describe('All that the gateway takes') }),
])

const begun = z.object({ startedAt: z.number().nullable().describe('By which this mountain is told from others') })

/** Of the station of peaks: sends mountains of load, through the queue or straight at a gateway, and counts what becomes of them. */
export function openPeaks(deps: PartDeps): Part {
  const flows = createFlows(deps)
  const doors = {
    id: 'peaks',
    what: {
      shown: 'what has become of the mountains of load',
      done: 'Send a mountain of load, or slow the gateway down',
    },
    ...{ body, begun, told: flowsAnswer },
    act: (asked: z.infer<typeof body>) => act(asked, flows),
    read: () => ({ flows: flows.all() }),
    mend: flows.mend,
  }
  return { endpoints: stationDoors(doors, deps), stop: flows.stop }
}

async function act(asked: z.infer<typeof body>, flows: Flows): Promise<z.infer<typeof begun>> {
  if (asked.action === 'send') return { startedAt: await flows.send(asked.way, asked.seconds, asked.perSecond) }
  await flows.throttle(asked.perSecond)
  return { startedAt: null }
}
