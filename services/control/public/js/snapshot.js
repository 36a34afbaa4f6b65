const SHOWN_S = 180

/** @typedef {import('./room.js').Snapshot} Snapshot @typedef {import('./room.js').Point} Point */

/**
 * Puts together what a room is told: the first event of a stream has everything, those after it what has changed.
 * @param {Snapshot | null} before @param {Snapshot} event @returns {Snapshot}
 */
export function merge(before, event) {
  const known = event.isFirst || before === null ? [] : before.chart
  const log = event.log ?? { lines: [], skipped: 0 } // told once
  return { ...before, ...event, isFirst: event.isFirst === true, log, chart: chartOf(event.at, known, event.chart) }
}

/**
 * One point for each second of the last minutes, those in which nothing happened, too.
 * @param {number} at @param {Point[]} known @param {Point[]} changed @returns {Point[]}
 */
function chartOf(at, known, changed) {
  const points = new Map([...known, ...changed].map((point) => [point.t, point]))
  const first = Math.floor(at / 1_000) - SHOWN_S
  return Array.from({ length: SHOWN_S }, (_, i) => points.get(first + i) ?? nothingAt(first + i))
}

const nothingAt = (/** @type {number} */ t) => ({ t, placed: 0, paid: 0, p50Ms: null, p95Ms: null })
