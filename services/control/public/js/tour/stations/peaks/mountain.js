/** How high a second may be: orders that come in it. */
export const HIGHEST = 50

/** Mountains to begin with: how many orders come in each second. */
export const MOUNTAINS = {
  spike: [3, 3, 45, 45, 20, 3, 3, 3, 2, 2],
  hill: [2, 8, 16, 24, 30, 24, 16, 8, 4, 2],
  two: [3, 35, 35, 3, 2, 2, 35, 35, 3, 2],
}

/** Paces to choose from: payments a second. All are more than what the gateway slows down to when it is broken. */
export const PACES = [12, 15, 20, 30]

const OVERLOAD_S = 20
const ORDERS_MAX = 600

/** A tenth more than what goes out, second by second, for 20 s, or as many orders as the server takes. @param {number} perSecond @returns {number[]} */
export function overloadOf(perSecond) {
  const upTo = (/** @type {number} */ second) => Math.round(second * perSecond * 1.1)
  const lasts = Math.min(OVERLOAD_S, Math.floor(ORDERS_MAX / (perSecond * 1.1)))
  return Array.from({ length: lasts }, (_, second) => upTo(second + 1) - upTo(second))
}

/** @param {readonly number[]} seconds */
export const sizeOf = (seconds) => seconds.reduce((sum, count) => sum + count, 0)
