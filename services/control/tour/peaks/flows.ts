import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '../../../../shared/web/http.ts'
import type { PartDeps } from '../part.ts'
import { createBeginnings, type Wish } from './begin-flow.ts'
import { type Flow, newFlow, type Way } from './flow.ts'
import { sizeOf } from './mountain.ts'

const EARLIER_MS = 1_000
const EARLIER_TRIES = 60 // payment starts with us

/** The mountains that are sent, one at a time. */
export type Flows = {
  /** Resolves with when (ms since 1970) it has begun. Throws a 409 while one is under way. */
  send(wish: Wish): Promise<number>
  /** The last of each way. */
  all(): Flow[]
  /** No more orders come, and payment and the gateway go as before; what is accepted is still paid. */
  mend(): Promise<void>
  stop(): void
}

export function createFlows(deps: PartDeps): Flows {
  const flows = new Map<Way, Flow>()
  const { begin, restore } = createBeginnings(deps)
  let stopping = new AbortController()
  void mendEarlier(restore, () => flows.size > 0)
  return {
    send: async (wish) => {
      if ([...flows.values()].some((flow) => !flow.isOver))
        throw new Problem(409, 'Conflict', 'A mountain of load is under way already.')
      const flow = newFlow(wish.way, sizeOf(wish.seconds))
      flows.set(wish.way, flow)
      stopping = new AbortController()
      const play = await begin[wish.way](flow, wish, stopping.signal).catch((error) => {
        end(flow)
        throw error
      })
      flow.startedAt = Date.now()
      play()
        .catch((error) => deps.log.error({ err: error }, 'tour.peaks.failed'))
        .finally(() => end(flow))
      return flow.startedAt
    },
    all: () => [...flows.values()],
    mend: async () => {
      stopping.abort()
      await restore()
    },
    stop: () => stopping.abort(),
  }
}

function end(flow: Flow): void {
  flow.isSent = true
  flow.isOver = true
}

/** Takes back what a control that was ended under a mountain has left. */
async function mendEarlier(restore: () => Promise<unknown>, isLate: () => boolean): Promise<void> {
  for (let tries = 0; tries < EARLIER_TRIES; tries++) {
    const isMended = await restore().then(YES, NO)
    if (isMended || isLate()) return
    await delay(EARLIER_MS, undefined, { ref: false })
  }
}

const YES = () => true
const NO = () => false
