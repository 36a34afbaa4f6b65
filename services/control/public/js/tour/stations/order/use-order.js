import { span, t } from '/assets/js/text.js'
import { useState } from '/assets/vendor/htm-preact.js'
import { isFinal, tookMs, useOneOrder } from './one-order.js'

/** @import { Outcome, Shown, TourNow } from '../../station.js' */
/** @import { Followed } from './one-order.js' */

/** Where a program is killed: at a step of the protocol, with this order's message in hand. */
const DEATHS = {
  popped: { name: 'inventory', point: 'after pop' },
  charged: { name: 'payment', point: 'gateway answered' },
  unsaid: { name: 'payment', point: 'before acknowledge' },
}
const NOTICED_MS = 100 // a delay below is one of those that there are anyway

/** One order, followed until it is final, and then one whose worker dies in between. @returns {Shown & { order: Followed | null, first: Followed | null }} */
export function useOrder(/** @type {TourNow} */ tour) {
  const [first, place] = useOneOrder(tour)
  const [second, placeSecond] = useOneOrder(tour)
  const [broken, setBroken] = useState(/** @type {string | null} */ (null))
  const placeBroken = async (/** @type {string} */ id, /** @type {() => Promise<unknown>} */ hurt) => {
    setBroken(id)
    await hurt()
    await placeSecond()
  }
  const end = { isOver: isFinal(second), outcome: outcomeOf(first, second), seen: sayOf(first, second) }
  const breakOf = (/** @type {string} */ id, /** @type {() => Promise<unknown>} */ run) => ({
    ...{ id, run, isBroken: broken === id && !end.isOver },
    ...(broken === id ? { outcome: end.outcome, seen: end.seen } : { outcome: null }),
  })
  const deaths = Object.entries(DEATHS).map(([id, { name, point }]) =>
    breakOf(id, () => placeBroken(id, () => tour.dieAt(name, point))),
  )
  const sendTwice = async () => {
    await placeBroken('twice', () => tour.demo({ action: 'stop', name: 'payment' }))
    await untilItWaits(tour)
    await tour.demo({ action: 'resend', name: 'payment' })
  }
  const order = second ?? first
  return {
    ...{ order, first, repair: tour.restore },
    deed: { isBusy: first !== null && !isFinal(first), isDone: isFinal(first), run: place },
    breaks: [...deaths, { ...breakOf('twice', sendTwice), lasts: true }],
    figure:
      second !== null && isFinal(second) && second.outside?.charges != null ? String(second.outside.charges) : null,
    about: order === null ? [] : [order.id],
  }
}

const PATIENCE_MS = 10_000
const LOOK_MS = 100

/** Until something waits for payment, which is stopped. */
async function untilItWaits(/** @type {TourNow} */ { store }) {
  for (const since = Date.now(); Date.now() - since < PATIENCE_MS; ) {
    const { queues } = await store.get('/api/admin/queues')
    if (queues.some((/** @type {any} */ one) => one.service === 'payment' && one.waiting > 0)) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** @param {Followed | null} first @param {Followed | null} second @returns {Outcome | null} */
function outcomeOf(first, second) {
  if (first === null || second === null || !isFinal(second) || second.outside?.charges == null) return null
  if (second.outside.charges > 1) return 'twice'
  if (second.outside.charges === 0) return 'lost'
  return tookMs(second) > tookMs(first) + NOTICED_MS ? 'late' : 'nothing'
}

/** @param {Followed | null} first @param {Followed | null} second */
function sayOf(first, second) {
  if (outcomeOf(first, second) === null || first === null || second === null) return null
  const charges = second.outside?.charges ?? 0
  return t('tour.order.seen', { charges, took: span(tookMs(second)), before: span(tookMs(first)) })
}
