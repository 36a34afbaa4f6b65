import { number, span, t } from '/assets/js/text.js'
import { useAgain } from '/assets/js/use-again.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { BusNow } from '../../../../../tour/bus/bus-answer.ts' */
/** @import { Outcome, Shown, TourNow } from '../../station.js' */
/** @typedef {Shown & { now: BusNow | null, captured: number | null, wasThere: boolean }} GuestNow */
/** What was broken, when, how many payments there had to be before it could be over, and after how long it was. @typedef {{ which: string, since: number, from: number, tookMs: number | null }} Trial */

const LOOK_MS = 300
const ORDERS = 20
const SURE_MS = 1_000 // what is heard before was heard before it was broken

/** A subscriber that comes late, is told all that was before, and is then hurt. @returns {GuestNow} */
export function useGuest(/** @type {TourNow} */ tour) {
  const now = useLook(tour)
  const [began, setBegan] = useState(/** @type {'no' | 'begun' | 'there'} */ ('no'))
  const [trial, setTrial] = useState(/** @type {Trial | null} */ (null))
  const captured = capturedIn(tour)
  const hasAll = now?.points != null && captured !== null && captured > 0 && now.points.orders === captured
  const act = (/** @type {string} */ action) => tour.store.post('/api/admin/tour/bus', { page: tour.page, action })
  useEffect(() => {
    if (began === 'begun' && hasAll) setBegan('there')
    if (trial === null || trial.tookMs !== null || !hasAll || captured < trial.from || now?.state !== 'up') return
    const tookMs = Date.now() - trial.since
    if (tookMs > SURE_MS) setTrial({ ...trial, tookMs })
  }, [began, hasAll, trial, now])
  const run = async () => {
    setBegan('begun')
    try {
      await tour.demo({ action: 'place', count: ORDERS })
      await untilPlaced(tour)
      await act('come')
    } catch (error) {
      setBegan('no')
      throw error
    }
  }
  const breakOf = (
    /** @type {string} */ id,
    /** @type {number} */ more,
    /** @type {() => Promise<unknown>} */ hurt,
  ) => ({
    id,
    isBroken: trial?.which === id && trial.tookMs === null,
    ...(trial?.which === id
      ? { outcome: outcomeOf(trial, now, captured), seen: sayOf(trial, now) }
      : { outcome: null }),
    run: async () => {
      setTrial({ which: id, since: Date.now(), from: (captured ?? 0) + more, tookMs: null })
      await hurt()
    },
  })
  return {
    ...{ now, captured, wasThere: began === 'there' },
    deed: { isBusy: began === 'begun', isDone: began === 'there', run },
    breaks: [
      breakOf('kill', 1, async () => {
        await act('forget') // its history runs in again, so that there is a half of the way
        await act('kill')
        await tour.demo({ action: 'place', count: ORDERS })
      }),
      breakOf('fail', 1, async () => {
        await act('fail')
        await tour.demo({ action: 'place', count: ORDERS })
      }),
      breakOf('forget', 0, () => act('forget')),
    ],
    repair: async () => {
      await act('well')
      await act('start')
    },
    figure: hasAll && now?.points ? number(now.points.orders) : null,
  }
}

/** How it stands, asked again and again. @returns {BusNow | null} */
function useLook(/** @type {TourNow} */ { store }) {
  const [now, setNow] = useState(/** @type {BusNow | null} */ (null))
  useAgain(async (isOld) => {
    /** @type {BusNow | null} */ const next = await store.get('/api/admin/tour/bus').catch(() => null)
    if (next !== null && !isOld()) setNow(next)
    return LOOK_MS
  }, [])
  return now
}

/** How many orders were paid, by order's own book: for each of them it is owed points, or had them taken back. */
function capturedIn(/** @type {TourNow} */ { known: { picture } }) {
  const orders = picture?.orders
  return orders ? orders.paid + orders.refunded : null
}

const PATIENCE_MS = 30_000

/** Until orders come to rest: a number that still grows says nothing. */
async function untilPlaced(/** @type {TourNow} */ { store }) {
  for (const since = Date.now(); Date.now() - since < PATIENCE_MS; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const { counts } = await store.get('/api/admin/orders')
    const open = counts.placed + counts.reserved + (counts.paying ?? 0)
    if (open === 0 && counts.paid > 0) return
  }
}

/** @param {Trial} trial @param {BusNow | null} now @param {number | null} captured @returns {Outcome | null} */
function outcomeOf({ tookMs }, now, captured) {
  if (tookMs === null || now?.points == null || captured === null) return null
  if (now.points.orders > captured) return 'twice'
  return 'late'
}

/** @param {Trial} trial @param {BusNow | null} now */
function sayOf({ tookMs }, now) {
  if (tookMs === null || now?.points == null) return null
  return t('tour.bus.seen', {
    orders: number(now.points.orders),
    points: number(now.points.points),
    took: span(tookMs),
  })
}
