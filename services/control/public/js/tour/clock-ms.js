import { clock } from '/assets/js/text.js'

/** The time of day to the millisecond. */
export const clockMs = (/** @type {number} */ at) => `${clock(at)}.${String(Math.floor(at) % 1_000).padStart(3, '0')}`
