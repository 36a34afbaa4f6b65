/** @import { HopPoint, News, Own, Point, Snapshot, View } from '../../room/snapshot.ts' */
/**
 * What is shown: each part as it was told last. `lists` is the last that was known of the queues, as of `listsAt`;
 * `lines` are the newest of the log, or how many were left out.
 * @typedef {Omit<View, 'queues'> & Pick<Own, 'newest'> & { chart: Point[], hops: HopPoint[] } & Seen} Picture
 * @typedef {{ isFirst: boolean, lists: View['queues'], listsAt: number | null, isRedisAway: boolean, lines: Line[] }} Seen
 * @typedef {{ key: number, text: string | null, skipped: number }} Line
 */

const SHOWN_S = 180
const LINES_MAX = 300

/**
 * Puts together what a room is told: the first event of a stream has everything, those after it what has changed.
 * What has become unknown stays as it was known last.
 * @param {Picture | null} before @param {Snapshot} event @returns {Picture}
 */
export function mergePicture(before, event) {
  const known = { ...NOTHING, ...before }
  const goesOn = event.isFirst ? NOTHING : known
  const { log, queues, audit, chart, hops = [], ...parts } = event
  const isRedisAway = queues === undefined ? known.isRedisAway : queues === null
  const orderAway = parts.orderAway === undefined ? known.orderAway : parts.orderAway
  return {
    ...known,
    ...parts,
    ...{ isFirst: event.isFirst === true, isRedisAway },
    ...{ lists: queues ?? known.lists, listsAt: isRedisAway ? known.listsAt : event.at },
    audit: audit ?? known.audit,
    chart: pointsOf(orderAway?.knownAt ?? event.at, goesOn.chart, chart),
    hops: hopsOf(event.at, goesOn.hops, hops),
    lines: linesOf(goesOn.lines, log),
  }
}

/** @type {Picture} */
const NOTHING = {
  ...{ at: 0, isFirst: true, lists: null, listsAt: null, isRedisAway: false, lines: [] },
  ...{
    orders: null,
    orderAway: null,
    facts: {},
    logAway: null,
    dam: null,
    audit: null,
    scene: null,
    mails: null,
    marks: [],
    chart: [],
    hops: [],
    newest: [],
  },
}

/**
 * One point for each second of the last minutes, those in which nothing happened, too.
 * @param {number} at @param {Point[]} known @param {Point[]} changed @returns {Point[]}
 */
function pointsOf(at, known, changed) {
  const last = Math.floor(at / 1_000)
  if (changed.length === 0 && known.at(-1)?.t === last - 1) return known
  const points = new Map([...known, ...changed].map((point) => [point.t, point]))
  return Array.from({ length: SHOWN_S }, (_, i) => points.get(last - SHOWN_S + i) ?? nothingAt(last - SHOWN_S + i))
}

const nothingAt = (/** @type {number} */ t) => ({ t, placed: 0, paid: 0, p50Ms: null, p95Ms: null, p99Ms: null })

/**
 * The same for what was measured at the hops; those are told of a second until it is over.
 * @param {number} at @param {HopPoint[]} known @param {HopPoint[]} changed @returns {HopPoint[]}
 */
function hopsOf(at, known, changed) {
  const last = Math.floor(at / 1_000)
  if (changed.length === 0 && known.at(-1)?.t === last) return known
  const points = new Map([...known, ...changed].map((point) => [point.t, point]))
  return Array.from(
    { length: SHOWN_S },
    (_, i) => points.get(last + 1 - SHOWN_S + i) ?? { t: last + 1 - SHOWN_S + i, hops: {} },
  )
}

/** @param {Line[]} known @param {News | undefined} news told once @returns {Line[]} */
function linesOf(known, news) {
  if (news === undefined) return known
  const first = (known.at(-1)?.key ?? 0) + 1
  const skipped = news.skipped > 0 ? [{ text: null, skipped: news.skipped }] : []
  const lines = [...skipped, ...news.lines.map((text) => ({ text, skipped: 0 }))]
  return [...known, ...lines.map((line, i) => ({ key: first + i, ...line }))].slice(-LINES_MAX)
}
