import { get, post } from '/assets/js/api.js'
import { randomKey } from '/assets/js/attempt.js'
import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'

/** @import { SaleAnswer } from '../../../../../../sale/sale-answer.ts' */
/** @import { TicketAnswer } from '../../../../../../sale/entry-answer.ts' */
/** @import { TourNow } from '../../station.js' */
/** @typedef {'plain' | 'flush' | 'deadline'} Kind */
/**
 * A sale that was opened from this page, as it was told last, and the ticket of whoever looks.
 * @typedef {{ id: string, sale: SaleAnswer | null, ticket: TicketAnswer | null }} Run
 */

export const UNITS = 100
export const PAY_WITHIN_MS = 8_000
const LOOK_MS = 200
const LIMIT_MS = 60_000
const HOME_LIMIT_MS = 30_000
const JOIN_AFTER_MS = 700 // when some of the crowd are in line already

/** The sales that were opened from this page, one for each kind, with how each stands. @param {TourNow} tour */
export function useRuns(tour) {
  const [runs, setRuns] = useState(/** @type {Partial<Record<Kind, Run>>} */ ({}))
  const [now, setNow] = useState(/** @type {Kind | null} */ (null))
  const shown = useRef(true)
  const untilHome = useUntilHome(tour, shown)
  const current = now === null ? undefined : runs[now]
  const isRunning = current !== undefined && current.sale?.state !== 'ended'
  /** @type {SaleAnswer | null} */
  const told = useTold(tour.store, isRunning ? `/api/sales/${current.id}` : '')
  const change = (/** @type {Kind} */ kind, /** @type {(run: Run) => Run} */ how) =>
    setRuns((before) => (before[kind] === undefined ? before : { ...before, [kind]: how(before[kind]) }))
  useEffect(() => {
    if (now !== null && told !== null) change(now, (run) => (run.id === told.id ? { ...run, sale: told } : run))
  }, [told])
  useEffect(
    () => () => {
      shown.current = false
    },
    [],
  )
  /** Resolves when a sale is so; for a while, and as long as the page is there. @param {string} id @param {(sale: SaleAnswer) => boolean} isSo */
  const until = async (id, isSo) => {
    for (const end = performance.now() + LIMIT_MS; performance.now() < end && shown.current; ) {
      const sale = await get(`/api/sales/${id}`).catch(() => null)
      if (sale !== null && isSo(sale)) return
      await new Promise((done) => setTimeout(done, LOOK_MS))
    }
  }
  /** Opens a sale, sends a crowd, and joins. Resolves with its id. @param {Kind} kind @param {number} buyers @returns {Promise<string>} */
  const open = async (kind, buyers) => {
    await untilHome()
    const wish = { page: tour.page, action: 'announce', units: UNITS, payWithinMs: PAY_WITHIN_MS }
    const { sale: id } = await tour.store.post('/api/admin/tour/sale', wish)
    setRuns((before) => ({ ...before, [kind]: { id, sale: null, ticket: null } }))
    setNow(kind)
    await until(id, ({ state, free }) => state === 'open' && free === UNITS)
    await tour.demo({ action: 'crowd', sale: id, count: buyers })
    await new Promise((done) => setTimeout(done, JOIN_AFTER_MS))
    const ticket = await join(id).catch(() => null) // all was sold meanwhile
    change(kind, (run) => ({ ...run, ticket }))
    return id
  }
  return { runs, now, open, until }
}

/** There is one crowd at a time, and the one before may still be on its way home. @param {TourNow} tour @param {{ current: boolean }} shown */
function useUntilHome(tour, shown) {
  const crowd = useRef(tour.known.picture?.scene?.crowd)
  crowd.current = tour.known.picture?.scene?.crowd
  return async () => {
    for (const end = performance.now() + HOME_LIMIT_MS; performance.now() < end && shown.current; ) {
      if (!crowd.current || crowd.current.isOver) return
      await new Promise((done) => setTimeout(done, LOOK_MS))
    }
  }
}

/** @param {string} id @returns {Promise<TicketAnswer>} */
const join = (id) => post(`/api/sales/${id}/entries`, { buyer: randomKey(), email: 'visitor@example.com' })
