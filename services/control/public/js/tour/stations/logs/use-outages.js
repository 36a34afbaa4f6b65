import { post } from '/assets/js/api.js'
import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { isThere, isWhole, SAMPLE, storyOf } from './story.js'

/** @import { CompletenessAnswer } from '../../../../../../logs/completeness-answer.ts' */
/** @import { TourNow } from '../../station.js' */
/** @typedef {'stop' | 'kill'} How */
/**
 * A time in which nobody collects lines. `orders` were placed meanwhile, `lines` were kept since it began, and `missing` of those were
 * numbered and are not there; `behindMs` is how long it took until the story of each was whole, since logs was started again, or killed.
 * @typedef {{ how: How, is: 'away' | 'behind' | 'over', orders: string[], lines: number, missing: number, behindMs: number }} Outage
 */

const COMPLETENESS = '/api/admin/logs/completeness'
const ORDERS = 6
const BETWEEN_MS = 400
const LOOK_MS = 500
const LIMIT_MS = 120_000

/** What becomes of lines while logs is away. @param {TourNow} tour @param {number} stoppedMs for how long it is stopped */
export function useOutages(tour, stoppedMs) {
  const [outages, setOutages] = useState(/** @type {Partial<Record<How, Outage>>} */ ({}))
  const [last, setLast] = useState(/** @type {How | null} */ (null))
  const now = useRef({ tour, isShown: true })
  now.current.tour = tour
  useEffect(
    () => () => {
      now.current.isShown = false
    },
    [],
  )
  const tell = (/** @type {Outage} */ outage) => setOutages((before) => ({ ...before, [outage.how]: outage }))
  const begin = async (/** @type {How} */ how) => {
    /** @type {CompletenessAnswer} */
    const before = await tour.store.get(COMPLETENESS)
    /** @type {Outage} */
    const outage = { how, is: 'away', orders: [], lines: 0, missing: 0, behindMs: 0 }
    tell(outage) // from now on nobody asks it
    setLast(how)
    const forget = () => {
      setLast(null)
      setOutages(({ [how]: _, ...others }) => others)
    }
    await tour.demo({ action: how, name: 'logs' }).catch((error) => {
      forget()
      throw error
    })
    void goOn(outage, before, how === 'stop' ? stoppedMs : 0, now, tell).catch(forget) // order was stopped, too
  }
  return { outages, last: last === null ? null : (outages[last] ?? null), begin }
}

/** @typedef {{ current: { tour: TourNow, isShown: boolean } }} Now */

/** @param {Outage} outage @param {CompletenessAnswer} before @param {number} stoppedMs @param {Now} now @param {(outage: Outage) => void} tell */
async function goOn(outage, before, stoppedMs, now, tell) {
  const sinceMs = performance.now()
  let againMs = sinceMs // it is started again at once when it was killed
  for (let i = 0; i < ORDERS && now.current.isShown; i++) {
    const { id } = await post('/api/orders', SAMPLE)
    outage.orders = [...outage.orders, id]
    tell({ ...outage })
    await delay(BETWEEN_MS)
  }
  await until(now, () => performance.now() - sinceMs >= stoppedMs || isThere(now.current.tour)) // or repaired before
  if (outage.how === 'stop') againMs = performance.now()
  if (outage.how === 'stop') await now.current.tour.demo({ action: 'start', name: 'logs' }).catch(() => {}) // is it up already
  await until(now, () => isThere(now.current.tour))
  tell({ ...outage, is: 'behind' })
  await catchUp(outage, before, now)
  outage.behindMs = performance.now() - againMs
  tell({ ...outage, is: 'over' })
}

/** Resolves when all that was written of these orders is there, with what is missing. @param {Outage} outage @param {CompletenessAnswer} before @param {Now} now */
async function catchUp(outage, before, now) {
  const get = (/** @type {string} */ path) => now.current.tour.store.get(path)
  const isTold = (/** @type {string} */ id) => get(storyOf(id)).then(isWhole, () => false)
  const all = async () => (await Promise.all(outage.orders.map(isTold))).every(Boolean)
  const isThrough = await until(now, all)
  /** @type {CompletenessAnswer} */
  const after = await get(COMPLETENESS)
  outage.lines = after.lines - before.lines
  outage.missing = Math.max(0, after.missing - before.missing) + (isThrough ? 0 : outage.orders.length)
}

const delay = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms))

/** Whether it came true before time was over, or the page was left. @param {Now} now @param {() => boolean | Promise<boolean>} isSo */
async function until(now, isSo) {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end && now.current.isShown; await delay(LOOK_MS))
    if (await isSo()) return true
  return false
}
