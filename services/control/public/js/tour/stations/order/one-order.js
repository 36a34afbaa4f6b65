import { post } from '/assets/js/api.js'
import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

/** @import { TourNow } from '../../station.js' */
/** @import { Outside } from '../../../../../tour/outside-answer.ts' */
/** @typedef {{ id: string, number: string, key: string }} Placed */
/** @typedef {{ state: string, timeline: { service: string, event: string, msSincePlaced: number }[] }} Story */
/**
 * An order as its customer sees it, and what of it came to those outside.
 * @typedef {Placed & { story: Story | null, outside: Outside | null }} Followed
 */

const LOOK_MS = 300
const SAMPLE = {
  customer: { name: 'Ada', email: 'tour+order@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }],
  payment: { method: 'pm_card_visa' },
}

/** Places an order when asked to, and follows it until it is final. @returns {[Followed | null, () => Promise<void>]} */
export function useOneOrder(/** @type {TourNow} */ { store }) {
  const [placed, setPlaced] = useState(/** @type {Placed | null} */ (null))
  const [known, setKnown] = useState(
    /** @type {Pick<Followed, 'story' | 'outside'>} */ ({ story: null, outside: null }),
  )
  useAgain(
    async (isOld) => {
      if (placed === null) return null
      const news = await look(placed, store).catch(() => null) // away: it is asked again
      if (news !== null && !isOld()) setKnown(news)
      return LOOK_MS
    },
    [placed],
  )
  const place = async () => {
    setPlaced(null)
    setKnown({ story: null, outside: null })
    setPlaced(await post('/api/orders', SAMPLE))
  }
  return [placed && { ...placed, ...known }, place]
}

/** The gateway is asked after the shop: what the shop knows has happened there before. @param {Placed} placed @param {TourNow['store']} store @returns {Promise<Pick<Followed, 'story' | 'outside'>>} */
async function look({ id, number, key }, store) {
  const answer = await fetch(`/api/orders/${id}`, { headers: { 'order-key': key } })
  if (!answer.ok) throw new Error(answer.statusText)
  const story = await answer.json()
  return { story, outside: await store.get(`/api/admin/tour/outside?${new URLSearchParams({ order: id, number })}`) }
}

const FINAL = ['paid', 'rejected', 'declined', 'cancelled', 'refunded', 'expired']

export const isFinal = (/** @type {Followed | null} */ order) =>
  order?.story != null && FINAL.includes(order.story.state)

/** From when it was placed until it was final (ms), by the shop's own clock. */
export const tookMs = (/** @type {Followed} */ { story }) => story?.timeline.at(-1)?.msSincePlaced ?? 0
