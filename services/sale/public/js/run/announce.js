/** @typedef {Record<'kind' | 'sku' | 'units' | 'price' | 'opensInS' | 'lastsS' | 'payWithinS' | 'order' | 'drawAfterS', string>} Wish */

/** How a sale stands in the form before anybody changes it: large enough to watch, and soon. */
export const DEFAULTS = { units: 100, opensInS: 30, lastsS: 600, payWithinS: 60, drawAfterS: 30 }

/**
 * What the shop is asked for, by what the form says. Times count from `now` (ms by the shop's clock).
 * @param {Wish} wish @param {number} now
 */
export function announcementOf(wish, now) {
  const opensAt = now + Number(wish.opensInS) * 1_000
  const isDraw = wish.order === 'draw'
  return {
    kind: wish.kind,
    sku: wish.sku,
    units: Number(wish.units),
    priceCents: Math.round(Number(wish.price) * 100),
    opensAt: new Date(opensAt).toISOString(),
    endsAt: new Date(opensAt + Number(wish.lastsS) * 1_000).toISOString(),
    payWithinMs: Number(wish.payWithinS) * 1_000,
    order: wish.order,
    ...(isDraw && { drawsAt: new Date(opensAt + Number(wish.drawAfterS) * 1_000).toISOString() }),
  }
}
