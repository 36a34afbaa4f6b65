import { post } from '/assets/js/api.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Outcome, Shown, TourNow } from '../../station.js' */
/** @typedef {{ id: string, number: string, key: string }} Placed */
/** @typedef {{ state: string, timeline: { service: string, event: string, msSincePlaced: number }[] }} Story */
/** @typedef {Placed & { story: Story | null }} Followed */

const LOOK_MS = 400
const FINAL = ['paid', 'rejected', 'declined', 'cancelled', 'refunded', 'expired']
const SAMPLE = {
  customer: { name: 'Ada', email: 'ada@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }],
  payment: { method: 'pm_card_visa' },
}

/** One order, followed until it is final, and one more whose payment worker dies in between. @returns {Shown & { order: Followed | null }} */
export function useOrder(/** @type {TourNow} */ tour) {
  const [first, place] = useOneOrder()
  const [second, placeSecond] = useOneOrder()
  const [isArmed, arm] = useState(false)
  const dieThenPlace = async () => {
    await tour.dieAt('payment', 'gateway answered')
    arm(true)
    await placeSecond()
  }
  const repair = async () => {
    await tour.dieAt('payment', null)
    arm(false)
  }
  return {
    order: second ?? first,
    deed: { isBusy: first !== null && !isFinal(first), isDone: first !== null && isFinal(first), run: place },
    breaks: [
      {
        id: 'charged',
        isBroken: isArmed && !isFinal(second),
        outcome: isArmed ? outcomeOf(second) : null,
        run: dieThenPlace,
      },
    ],
    repair,
    figure: isFinal(second) ? String(charges(second)) : null,
  }
}

/** @returns {[Followed | null, () => Promise<void>]} */
function useOneOrder() {
  const [placed, setPlaced] = useState(/** @type {Placed | null} */ (null))
  const [story, setStory] = useState(/** @type {Story | null} */ (null))
  useEffect(() => {
    if (placed === null || (story && FINAL.includes(story.state))) return
    const timer = setInterval(() => read(placed).then(setStory, () => {}), LOOK_MS)
    return () => clearInterval(timer)
  }, [placed, story])
  const place = async () => {
    setStory(null)
    setPlaced(await post('/api/orders', SAMPLE))
  }
  return [placed && { ...placed, story }, place]
}

/** @returns {Promise<Story>} */
async function read(/** @type {Placed} */ { id, key }) {
  const answer = await fetch(`/api/orders/${id}`, { headers: { 'order-key': key } })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

const isFinal = (/** @type {Followed | null} */ order) => order?.story != null && FINAL.includes(order.story.state)

const charges = (/** @type {Followed | null} */ order) =>
  order?.story?.timeline.filter(({ event }) => event === 'payment.captured').length ?? 0

/** @returns {Outcome | null} */
function outcomeOf(/** @type {Followed | null} */ order) {
  if (!isFinal(order)) return null
  return charges(order) > 1 ? 'twice' : 'late'
}
