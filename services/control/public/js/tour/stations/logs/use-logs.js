import { post } from '/assets/js/api.js'
import { number, span, t } from '/assets/js/text.js'
import { useRef, useState } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'
import { isThere, isWhole, SAMPLE, storyOf } from './story.js'
import { useOutages } from './use-outages.js'

/** @import { LinesAnswer } from '../../../../../../logs/lines-answer.ts' */
/** @import { Break, Shown, TourNow } from '../../station.js' */
/** @import { How, Outage } from './use-outages.js' */
/** @typedef {{ id: string, number: string }} Placed */
/** @typedef {Shown & { order: Placed | null, found: LinesAnswer | null, isUp: boolean, awayS: number, setAwayS(awayS: number): void, outage: Outage | null }} Logs */

const LOOK_MS = 700

/** The story of one order, told by lines of all programs; and what becomes of lines while nobody collects them. @returns {Logs} */
export function useLogs(/** @type {TourNow} */ tour) {
  const [order, setOrder] = useState(/** @type {Placed | null} */ (null))
  const [awayS, setAwayS] = useState(20)
  const { outages, last, begin } = useOutages(tour, awayS * 1_000)
  const isUp = last?.is !== 'away' && isThere(tour)
  const wanted = last?.orders.at(-1) ?? order?.id
  /** @type {LinesAnswer | null} */
  const found = useTold(tour.store, wanted !== undefined && isUp ? storyOf(wanted) : '', LOOK_MS)
  const isTold = useRef(false) // once: the story of another order is told later
  isTold.current ||= found !== null && isWhole(found)
  /** @type {(how: How) => Break} */
  const breakOf = (how) => ({
    id: how,
    isBroken: outages[how] !== undefined && outages[how].is !== 'over',
    outcome: outages[how]?.is !== 'over' ? null : outages[how].missing > 0 ? 'lost' : 'late',
    seen: say(outages[how]),
    run: () => begin(how),
  })
  const place = async () => setOrder(await post('/api/orders', SAMPLE))
  return {
    ...{ order, found, isUp, awayS, setAwayS, outage: last },
    deed: { isBusy: order !== null && !isTold.current, isDone: isTold.current, run: place },
    breaks: [breakOf('stop'), breakOf('kill')],
    repair: tour.restore,
    figure: last?.is === 'over' ? number(last.missing) : null,
    about: [...(order === null ? [] : [order.id]), ...(last?.orders ?? [])],
  }
}

/** @param {Outage | undefined} outage */
function say(outage) {
  if (outage?.is !== 'over') return null
  const { how, orders, lines, missing, behindMs } = outage
  const counts = { orders: number(orders.length), lines: number(lines), missing: number(missing) }
  return t(`tour.logs.seen.${how}`, { ...counts, behind: span(behindMs) })
}
