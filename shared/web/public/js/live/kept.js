/** @import { LiveEvent } from './hub.js' */

const KEPT_MAX = 200 // more than a room shows, and than an order has

/** What a topic has told, for pages that come to it later than the connection did. */
export function createKept() {
  /** @type {Map<string, LiveEvent>} by what only the newest counts of, the oldest first */
  const events = new Map()
  let count = 0
  return {
    add: (/** @type {LiveEvent} */ event) => {
      if (event.kind === 'reset') events.clear() // what follows is all that there is
      for (const [name, part] of partsOf(event, ++count)) events.set(name, part)
      const [oldest] = events.keys()
      if (isToldOn(event) && events.size > KEPT_MAX && oldest !== undefined) events.delete(oldest)
    },
    all: () => [...events.values()],
  }
}

/** @param {LiveEvent} event @param {number} count @returns {[name: string, part: LiveEvent][]} */
function partsOf(event, count) {
  if (isToldOn(event)) return [[String(count), event]]
  if (!Array.isArray(event.data)) return [['now', event]]
  return event.data.map((one) => [one.sku, { ...event, data: [one] }])
}

/** Of these each thing that happens is told; of all others how it is now. @param {LiveEvent} event */
const isToldOn = ({ topic, kind }) => kind !== 'reset' && /^(news|room|order)\b/.test(topic)
