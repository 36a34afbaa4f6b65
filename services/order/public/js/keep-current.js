import { watch } from '/assets/js/live.js'

/** @import { Entry } from './order.js' */
/**
 * The topic of an order, with its key; how its timeline is asked for, who learns of it, and who is told whether the shop is away.
 * @typedef {{ ask: { topic: string, key?: string | undefined }, read(): Promise<Entry[]>, learn(entries: Entry[]): void, isAway(is: boolean): void }} Watched
 */

const AGAIN_MS = 1_500

/** Tells what happens to an order as it happens. While nothing is told live it is asked for again and again, as long as somebody looks at it. */
export async function keepCurrent(/** @type {Watched} */ { ask, read, learn, isAway }) {
  let isLive = false
  const look = async () => {
    if (isLive || document.hidden) return
    const told = await read().catch(() => null)
    if (told !== null) learn(told)
    if (!isLive) isAway(told === null) // it may have come back meanwhile
  }
  const note = (/** @type {boolean} */ is) => {
    isLive = is
    if (is) isAway(false)
    else void look() // at once: it is known what has gone, and not yet what it took along
  }
  watch([ask], {
    live: note,
    refused: () => note(false),
    hear: ({ kind, data }) => void (kind !== 'reset' && learn([data])),
  })
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    await look()
  }
}
