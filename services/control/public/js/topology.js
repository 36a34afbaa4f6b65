/** @import { Session } from '../../session-answer.ts' */
/**
 * All that one service tells another, as one line of the drawing: to its neighbour, over those between, or back under them.
 * Lines that would run into each other are at different levels; `level` 0 is next to the stations.
 * @typedef {{ from: string, to: string, events: string[], place: 'next' | 'over' | 'under', level: number }} Way
 * @typedef {Session['routes']} Routes
 */

/** What becomes of messages is told by every service: it would hide what each says of its own. */
const isNews = (/** @type {string} */ event) => event.startsWith('message.')

/** The ways between the services of the main line, in the order in which they stand. @param {readonly string[]} main @param {Routes} routes @returns {Way[]} */
export function waysAmong(main, routes) {
  const pairs = pairsIn(routes).filter(({ from, to }) => main.includes(from) && main.includes(to))
  const placed = pairs.map((pair) => ({ ...pair, ends: endsOf(pair, main), place: placeOf(pair, main) }))
  return ['next', 'over', 'under'].flatMap((place) => {
    const some = placed.filter((one) => one.place === place).sort((a, b) => lengthOf(a.ends) - lengthOf(b.ends))
    return place === 'next' ? some.map(plainly) : inLevels(some).map(plainly)
  })
}

/** Whom a service hears, and who hears it, as the routes say. @param {string} service @param {Routes} routes */
export function neighboursOf(service, routes) {
  const pairs = pairsIn(routes)
  return {
    hears: pairs.filter(({ to }) => to === service).map(({ from }) => from),
    tells: pairs.filter(({ from }) => from === service).map(({ to }) => to),
  }
}

/** All that a service says, and to whom; what nobody hears, too. @param {string} service @param {Routes} routes */
export const saidBy = (service, routes) => routes.filter(({ event, from }) => from === service && !isNews(event))

/** Each pair of services of which one tells the other something. @param {Routes} routes */
function pairsIn(routes) {
  /** @type {Map<string, { from: string, to: string, events: string[] }>} */
  const pairs = new Map()
  for (const { event, from, to } of routes.filter((one) => !isNews(one.event)))
    for (const hearer of to.filter((one) => one !== from)) {
      const pair = pairs.get(`${from} ${hearer}`) ?? { from, to: hearer, events: [] }
      pair.events.push(event)
      pairs.set(`${from} ${hearer}`, pair)
    }
  return [...pairs.values()]
}

/** @param {{ from: string, to: string }} pair @param {readonly string[]} main @returns {[left: number, right: number]} */
function endsOf({ from, to }, main) {
  const [a, b] = [main.indexOf(from), main.indexOf(to)]
  return [Math.min(a, b), Math.max(a, b)]
}

/** @param {{ from: string, to: string }} pair @param {readonly string[]} main @returns {Way['place']} */
function placeOf({ from, to }, main) {
  const steps = main.indexOf(to) - main.indexOf(from)
  return steps === 1 ? 'next' : steps > 1 ? 'over' : 'under'
}

const lengthOf = (/** @type {[number, number]} */ [left, right]) => right - left

/**
 * Each gets the lowest level at which nothing is in its way; short ones come first, and are nearest.
 * @template {{ ends: [number, number] }} T
 * @param {T[]} ways
 */
function inLevels(ways) {
  /** @type {(T & { level: number })[]} */
  const laid = []
  for (const way of ways) {
    const inWay = laid.filter(({ ends }) => ends[0] < way.ends[1] && way.ends[0] < ends[1]).map(({ level }) => level)
    laid.push({ ...way, level: Math.max(-1, ...inWay) + 1 })
  }
  return laid
}

/** @param {{ from: string, to: string, events: string[], place: Way['place'], level?: number }} way @returns {Way} */
const plainly = ({ from, to, events, place, level = 0 }) => ({ from, to, events, place, level })
