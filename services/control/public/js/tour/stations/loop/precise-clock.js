import { clock } from '/assets/js/text.js'

/** A time of day to the millisecond. */
export const preciseClock = (/** @type {number} */ at) =>
  `${clock(at)}.${String(Math.floor(at) % 1_000).padStart(3, '0')}`
