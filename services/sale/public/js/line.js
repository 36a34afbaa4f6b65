/**
 * What the stream of a sale tells of its line; `drainPerMinute` is how many were let in during the last minute.
 * @typedef {{ free: number, held: number, admittedUpTo: number, drainPerMinute: number }} Line
 * @typedef {{ is: 'next' } | { is: 'possible', paceMs: number | null } | { is: 'far' }} Wait
 */

/**
 * How many still stand before a place in line, which everybody computes for themselves from what is told to all. Null
 * before a draw has given places.
 * @param {number | null} position @param {Pick<Line, 'admittedUpTo'>} line
 */
export function placeOf(position, { admittedUpTo }) {
  return position === null ? null : Math.max(0, position - admittedUpTo - 1)
}

/** Whether a place has had its turn. @param {number | null} position @param {Pick<Line, 'admittedUpTo'>} line */
export const hadTurn = (position, { admittedUpTo }) => position !== null && position <= admittedUpTo

/**
 * What may honestly be said of a wait with so many before: `next` while there are free units for them all; `possible`
 * while those that nobody has paid for would reach, with how long it takes at the pace of the last minute; `far` where some
 * would have to come back more than once. None of it is a promise: all depends on who pays.
 * @param {number} before @param {Line} line @returns {Wait}
 */
export function waitOf(before, { free, held, drainPerMinute }) {
  if (before < free) return { is: 'next' }
  if (before >= free + held) return { is: 'far' }
  return { is: 'possible', paceMs: drainPerMinute > 0 ? ((before + 1) * 60_000) / drainPerMinute : null }
}

/** How many units a group still lacks. @param {{ units: number, bought: number }} sale */
export const missingIn = ({ units, bought }) => Math.max(0, units - bought)
