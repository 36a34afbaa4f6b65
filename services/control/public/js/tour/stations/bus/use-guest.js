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
  const captured = capturedIn(tour)
  const hasAll = now?.points != null && captured !== null && captured > 0 && now.points.orders === captured
  const act = (/** @type {string} */ action) => tour.store.post('/api/admin/tour/bus', { page: tour.page, action })
  const deed = useComing(tour, act, hasAll)
  return {
    ...{ now, captured, wasThere: deed.isDone, deed },
    breaks: useTrials({ now, captured, hasAll }, waysToHurt(tour, act)),
    repair: async () => {
      await act('well')
      await act('start')
    },
    figure: hasAll && now?.points ? number(now.points.orders) : null,
  }
}

/** @typedef {(action: string) => Promise<unknown>} Act */

/** It is added once there is something that was before it, and is there once it has heard all of that. @returns {Shown['deed']} */
function useComing(/** @type {TourNow} */ tour, /** @type {Act} */ act, /** @type {boolean} */ hasAll) {
  const [began, setBegan] = useState(/** @type {'no' | 'begun' | 'there'} */ ('no'))
  useEffect(() => {
    if (began === 'begun' && hasAll) setBegan('there')
  }, [began, hasAll])
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
  return { isBusy: began === 'begun', isDone: began === 'there', run }
}

/**
 * How it is hurt, how many payments more there are to be before that can be over, and whether it waits for its repair.
 * @typedef {{ id: string, more: number, lasts?: boolean, hurt(): Promise<unknown> }} Hurt
 * @returns {Hurt[]}
 */
function waysToHurt(/** @type {TourNow} */ tour, /** @type {Act} */ act) {
  const place = () => tour.demo({ action: 'place', count: ORDERS })
  const kill = async () => {
    await act('forget') // its history runs in again, so that there is a half of the way
    await act('kill')
    await place()
  }
  return [
    { id: 'kill', more: 1, lasts: true, hurt: kill },
    { id: 'fail', more: 1, hurt: () => act('fail').then(place) },
    { id: 'forget', more: 0, hurt: () => act('forget') },
  ]
}

/** @typedef {{ now: BusNow | null, captured: number | null, hasAll: boolean }} Stand */

/** The last of what was tried, until it is seen to be over: it is up, and has heard of every payment. @returns {Shown['breaks']} */
function useTrials(/** @type {Stand} */ { now, captured, hasAll }, /** @type {Hurt[]} */ hurts) {
  const [trial, setTrial] = useState(/** @type {Trial | null} */ (null))
  useEffect(() => {
    if (trial === null || trial.tookMs !== null || !hasAll || now?.state !== 'up') return
    const tookMs = Date.now() - trial.since
    if ((captured ?? 0) >= trial.from && tookMs > SURE_MS) setTrial({ ...trial, tookMs })
  }, [hasAll, trial, now])
  return hurts.map(({ id, more, lasts = false, hurt }) => {
    const own = trial?.which === id ? trial : null
    return {
      ...{ id, lasts },
      isBroken: own !== null && own.tookMs === null,
      outcome: own && outcomeOf(own, now, captured),
      seen: own && sayOf(own, now),
      run: async () => {
        setTrial({ which: id, since: Date.now(), from: (captured ?? 0) + more, tookMs: null })
        await hurt()
      },
    }
  })
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
