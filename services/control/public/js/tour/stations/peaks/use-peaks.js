import { number, t } from '/assets/js/text.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'
import { MOUNTAINS, overloadOf } from './mountain.js'
import { sayFlow } from './say-flow.js'

/** @import { Flow, FlowsAnswer } from '../../../../../tour/peaks/flow.ts' */
/** @import { Break, Outcome, Shown, TourNow } from '../../station.js' */
/** @typedef {'plain' | 'tenth' | 'overload' | 'straight'} Run */
/** @typedef {Partial<Record<Run, Flow>>} Flows */
/** @typedef {{ way: Flow['way'], seconds: number[], perSecond: number, gatewayTakes?: number }} Wish */
/**
 * `flows` are the mountains that were sent from here, `now` the run that was sent last.
 * @typedef {Shown & { seconds: number[], draw(seconds: number[]): void, perSecond: number, setPerSecond(perSecond: number): void, flows: Flows, now: Run | null, again(): Promise<void> }} Peaks
 */

const PATH = '/api/admin/tour/peaks'
const THROTTLED = 10

/** A mountain that somebody draws, and what becomes of it: through the queue, with a gateway that slows down, and without a queue. @returns {Peaks} */
export function usePeaks(/** @type {TourNow} */ tour) {
  const [seconds, draw] = useState(MOUNTAINS.spike)
  const [perSecond, setPerSecond] = useState(15)
  const { flows, now, send } = useFlows(tour)
  const plain = () => send('plain', { way: 'queue', seconds, perSecond })
  /** @type {(id: Run, wish: Wish) => Break} */
  const breakOf = (id, wish) => ({
    id,
    isBroken: isUnderWay(flows[id]),
    outcome: outcomeOf(flows[id]),
    seen: flows[id]?.isOver ? sayFlow(flows[id]) : null,
    run: () => send(id, wish),
  })
  return {
    ...{ seconds, draw, perSecond, setPerSecond, flows, now, again: plain },
    deed: { isBusy: isUnderWay(flows.plain), isDone: flows.plain?.isOver === true, run: plain },
    breaks: [
      breakOf('tenth', { way: 'queue', seconds, perSecond, gatewayTakes: THROTTLED }),
      breakOf('overload', { way: 'queue', seconds: overloadOf(perSecond), perSecond }),
      breakOf('straight', { way: 'straight', seconds, perSecond }),
    ],
    repair: tour.restore,
    figure: figureOf(flows),
  }
}

/** The mountains sent from this page, by the time at which each began. */
function useFlows(/** @type {TourNow} */ tour) {
  const [runs, setRuns] = useState(/** @type {Partial<Record<Run, number>>} */ ({}))
  const [flows, setFlows] = useState(/** @type {Flows} */ ({}))
  const [now, setNow] = useState(/** @type {Run | null} */ (null))
  /** @type {FlowsAnswer | null} */
  const told = useTold(tour.store, PATH)
  useEffect(() => {
    if (told !== null) setFlows((before) => ({ ...before, ...mine(told.flows, runs) }))
  }, [told, runs])
  /** @type {(run: Run, wish: Wish) => Promise<void>} */
  const send = async (run, wish) => {
    setRuns((before) => without(before, run))
    setFlows((before) => without(before, run))
    const { startedAt } = await tour.store.post(PATH, { page: tour.page, action: 'send', ...wish })
    setRuns((before) => ({ ...before, [run]: startedAt }))
    setNow(run)
  }
  return { flows, now, send }
}

/** @template {object} T @param {T} all @param {Run} run @returns {T} */
function without(all, run) {
  const left = { ...all }
  Reflect.deleteProperty(left, run)
  return left
}

/** @param {Flow[]} flows @param {Partial<Record<Run, number>>} runs @returns {Flows} */
function mine(flows, runs) {
  const found = Object.entries(runs).map(([run, at]) => [run, flows.find(({ startedAt }) => startedAt === at)])
  return Object.fromEntries(found.filter(([, flow]) => flow !== undefined))
}

const isUnderWay = (/** @type {Flow | undefined} */ flow) => flow !== undefined && !flow.isOver

/** @param {Flow | undefined} flow @returns {Outcome | null} */
function outcomeOf(flow) {
  if (!flow?.isOver) return null
  if (flow.refused > 0 || flow.paid < flow.accepted) return 'lost'
  return flow.way === 'queue' ? 'late' : 'nothing'
}

/** @param {Flows} flows */
function figureOf({ plain, straight }) {
  if (!plain?.isOver) return null
  const of = (/** @type {Flow} */ { refused, wanted }) => ({ refused: number(refused), wanted: number(wanted) })
  if (!straight?.isOver) return t('tour.peaks.figure.queue', of(plain))
  return t('tour.peaks.figure', { ...of(plain), without: number(straight.refused) })
}
