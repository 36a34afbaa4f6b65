import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '../../../../shared/web/http.ts'
import { acceptedPathIn, openAcceptedList } from '../../demo/accepted-list.ts'
import { simulatorUrls } from '../../demo/simulators.ts'
import { turnSwitches } from '../../demo/switches.ts'
import type { PartDeps } from '../part.ts'
import { type Flow, newFlow, pay, type Way } from './flow.ts'
import { sizeOf } from './mountain.ts'
import { createPaceSetter, paceIn } from './pace-setter.ts'
import { sendMountain } from './send-mountain.ts'
import { startNoQueue } from './start-no-queue.ts'
import { watchPaid } from './watch-paid.ts'

const EARLIER_MS = 1_000
const EARLIER_TRIES = 60 // payment starts with us

/** `gatewayTakes` is what the shop's gateway takes a second, whatever payment believes. */
type Wish = { way: Way; seconds: number[]; perSecond: number; gatewayTakes?: number | undefined }

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

/** Resolves with how it goes on once it has begun. */
type Begin = (flow: Flow, wish: Wish, end: AbortSignal) => Promise<() => Promise<unknown>>

export function createFlows({ config, demo, ask, log }: PartDeps): Flows {
  const flows = new Map<Way, Flow>()
  const pace = createPaceSetter(ask, paceIn(config.DATA_DIR))
  const headers = { authorization: `Bearer ${config.ADMIN_TOKEN}` } // or the shop's limits would end it soon
  let stopping = new AbortController()
  let isThrottled = false
  const throttle = async (perSecond?: number) => {
    if (perSecond !== undefined) await turnSwitches(simulatorUrls(config).gateway, { perSecond })
    else if (isThrottled) await demo.turn('gateway', 'well')
    isThrottled = perSecond !== undefined
  }
  const throughQueue: Begin = async (flow, { seconds, perSecond, gatewayTakes }, end) => {
    await Promise.all([pace.set(perSecond), throttle(gatewayTakes)])
    const note = await openAcceptedList(acceptedPathIn(config.DATA_DIR))
    const shop = { url: config.ORDER_URL, headers }
    const unpaid = new Set<string>()
    const accepted = (id: string) => {
      unpaid.add(id)
      note(id).catch((error) => log.warn({ err: error }, 'tour.peaks.unnoted'))
    }
    return () => Promise.all([sendMountain(seconds, flow, { ...shop, end, accepted }), watchPaid(flow, unpaid, shop)])
  }
  const straight: Begin = async (flow, { seconds, perSecond }, end) => {
    const other = await startNoQueue(perSecond)
    const accepted = (_: string, askedAt: number) => pay(flow, Date.now(), Date.now() - askedAt) // it answers when it is paid
    return () => sendMountain(seconds, flow, { url: other.url, headers: {}, end, accepted }).finally(other.stop)
  }
  const send = async (wish: Wish) => {
    if ([...flows.values()].some((flow) => !flow.isOver))
      throw new Problem(409, 'Conflict', 'A mountain of load is under way already.')
    const flow = newFlow(wish.way, sizeOf(wish.seconds))
    flows.set(wish.way, flow)
    stopping = new AbortController()
    const over = () => {
      flow.isSent = true
      flow.isOver = true
    }
    const begin = wish.way === 'queue' ? throughQueue : straight
    const play = await begin(flow, wish, stopping.signal).catch((error) => {
      over()
      throw error
    })
    flow.startedAt = Date.now()
    play()
      .catch((error) => log.error({ err: error }, 'tour.peaks.failed'))
      .finally(over)
    return flow.startedAt
  }
  const mendEarlier = async () => {
    for (let tries = 0; tries < EARLIER_TRIES; tries++) {
      const isMended = await pace.restore().then(YES, NO)
      if (isMended || flows.size > 0) return
      await delay(EARLIER_MS, undefined, { ref: false })
    }
  }
  void mendEarlier() // what a control that was ended under a mountain has left
  return {
    send,
    all: () => [...flows.values()],
    mend: async () => {
      stopping.abort()
      await Promise.all([pace.restore(), throttle()])
    },
    stop: () => stopping.abort(),
  }
}

const YES = () => true
const NO = () => false
