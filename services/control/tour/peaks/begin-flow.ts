import { acceptedPathIn, openAcceptedList } from '../../demo/accepted-list.ts'
import { simulatorUrls } from '../../demo/simulators.ts'
import { turnSwitches } from '../../demo/switches.ts'
import type { PartDeps } from '../part.ts'
import { type Flow, pay, type Way } from './flow.ts'
import { createPaceSetter, paceIn } from './pace-setter.ts'
import { sendMountain } from './send-mountain.ts'
import { startNoQueue } from './start-no-queue.ts'
import { watchPaid } from './watch-paid.ts'

/** `gatewayTakes` is what the shop's gateway takes a second, whatever payment believes. */
export type Wish = { way: Way; seconds: number[]; perSecond: number; gatewayTakes?: number | undefined }

/** Resolves with how it goes on once it has begun. */
type Begin = (flow: Flow, wish: Wish, end: AbortSignal) => Promise<() => Promise<unknown>>

/** How a mountain begins on each of its two ways, and what is taken back afterwards. */
export function createBeginnings(deps: PartDeps): { begin: Record<Way, Begin>; restore(): Promise<unknown> } {
  const pace = createPaceSetter(deps.ask, paceIn(deps.config.DATA_DIR))
  const throttle = createThrottle(deps)
  const set = ({ perSecond, gatewayTakes }: Wish) => Promise.all([pace.set(perSecond), throttle(gatewayTakes)])
  return {
    begin: { queue: throughQueue(deps, set), straight },
    /** Payment and the gateway go as before. */
    restore: () => Promise.all([pace.restore(), throttle()]),
  }
}

/** How many payments a second the shop's gateway takes; all, where none are named. */
function createThrottle({ config, demo }: PartDeps) {
  let isThrottled = false
  return async (perSecond?: number): Promise<void> => {
    if (perSecond !== undefined) await turnSwitches(simulatorUrls(config).gateway, { perSecond })
    else if (isThrottled) await demo.turn('gateway', 'well')
    isThrottled = perSecond !== undefined
  }
}

function throughQueue({ config, log }: PartDeps, set: (wish: Wish) => Promise<unknown>): Begin {
  const headers = { authorization: `Bearer ${config.ADMIN_TOKEN}` } // or the shop's limits would end it soon
  return async (flow, wish, end) => {
    await set(wish)
    const note = await openAcceptedList(acceptedPathIn(config.DATA_DIR))
    const shop = { url: config.ORDER_URL, headers }
    const unpaid = new Set<string>()
    const accepted = (id: string) => {
      unpaid.add(id)
      note(id).catch((error) => log.warn({ err: error }, 'tour.peaks.unnoted'))
    }
    return () =>
      Promise.all([sendMountain(wish.seconds, flow, { ...shop, end, accepted }), watchPaid(flow, unpaid, shop)])
  }
}

const straight: Begin = async (flow, { seconds, perSecond }, end) => {
  const other = await startNoQueue(perSecond)
  const accepted = (_: string, askedAt: number) => pay(flow, Date.now(), Date.now() - askedAt) // it answers when it is paid
  return () => sendMountain(seconds, flow, { url: other.url, headers: {}, end, accepted }).finally(other.stop)
}
