// What a sale promises, for check-sale.mjs: each function yields what is wrong, as `kind: detail`.
import { createHash } from 'node:crypto'

/**
 * @typedef {{ ticket: string, number: number, position: number | null, admission: number | null }} Entry
 * @typedef {{ id: string, order: string, state: string, why: string | null, units: number, free: number, held: number,
 *   bought: number, spared: number, joined: number, admittedUpTo: number, seed: string | null, seedHash: string | null }} Sale
 * @typedef {{ sale: string, ticket: string, number: number, askedAt: number, at: number }} Ticket
 */

/**
 * Do the numbers that are shown add up, and are there as many entries as they say?
 * @param {Sale} sale
 * @param {Entry[]} entries
 */
export function* wrongCounts(sale, entries) {
  const { units, free, held, bought, spared, joined } = sale
  const sum = free + held + bought + spared
  const isAnswered = sum > 0 || entries.some(({ admission }) => admission !== null)
  if (isAnswered && sum !== units)
    yield `units: ${units}, and free ${free} + held ${held} + bought ${bought} + spared ${spared} = ${sum}`
  if (bought > units) yield `oversold: ${bought} bought of ${units}`
  if ((sale.why === 'soldOut' || sale.why === 'formed') && bought + spared !== units)
    yield `undersold: over as ${sale.why}, with ${bought} bought and ${spared} given back of ${units}`
  const admitted = entries.filter(({ admission }) => admission !== null).length
  if (admitted < bought + held) yield `admitted: ${admitted}, and ${held} are held and ${bought} bought`
  if (joined !== entries.length) yield `entries: ${joined} have joined, and ${entries.length} are listed`
  const hole = entries.findIndex(({ number }, i) => number !== i + 1)
  if (hole >= 0) yield `numbers: there is no number ${hole + 1}`
  const tickets = new Set(entries.map(({ ticket }) => ticket))
  if (tickets.size !== entries.length) yield `tickets: ${entries.length - tickets.size} are listed twice`
}

/**
 * Is the line the one that was promised, and was everybody let in at their turn?
 * @param {Sale} sale
 * @param {Entry[]} entries
 */
export function* wrongOrder(sale, entries) {
  yield* sale.order === 'draw' ? wrongDraw(sale, entries) : wrongLine(entries)
  for (const { number, position } of inversions(entries))
    yield `overtaken: number ${number}, at place ${position}, by somebody behind`
  const admissions = entries.flatMap(({ admission }) => admission ?? []).sort((a, b) => a - b)
  const hole = admissions.findIndex((admission, i) => admission !== i + 1)
  if (hole >= 0) yield `admissions: there is no admission ${hole + 1}, or it is there twice`
}

/** @param {Entry[]} entries */
function* wrongLine(entries) {
  for (const { number, position } of entries)
    if (position !== number) yield `line: number ${number} is at place ${position}`
}

/**
 * @param {Sale} sale
 * @param {Entry[]} entries
 */
function* wrongDraw({ seed, seedHash, state }, entries) {
  if (seed === null) {
    for (const { number, position, admission } of entries)
      if (position !== null || admission !== null) yield `draw: number ${number} has a place before the draw`
    if (seedHash === null) yield 'draw: no hash of its seed is shown'
    return
  }
  if (sha256(seed) !== seedHash) yield `draw: the seed is not the one whose hash was shown (${seedHash})`
  const lots = entries.map((entry) => ({ entry, lot: `${sha256(`${seed}:${entry.ticket}`)} ${entry.ticket}` }))
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1))
  for (const [i, { entry }] of lots.entries())
    if (entry.position !== i + 1)
      yield `draw: number ${entry.number} has place ${entry.position} instead of ${i + 1} (${state})`
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Those who stand before somebody that was let in, and were let in later, or not at all.
 * @param {Entry[]} entries
 */
export function inversions(entries) {
  const fromTheEnd = entries.filter(({ position }) => position !== null)
  fromTheEnd.sort((a, b) => Number(b.position) - Number(a.position))
  let first = Number.POSITIVE_INFINITY
  return fromTheEnd.filter(({ admission }) => {
    const mine = admission ?? Number.POSITIVE_INFINITY
    const isOvertaken = mine > first
    first = Math.min(first, mine)
    return isOvertaken
  })
}

/**
 * Is every ticket that somebody was given in the line, under its number; and has nobody a lower number who asked for it
 * only after another had theirs?
 * @param {Ticket[]} tickets
 * @param {Entry[]} entries
 */
export function* wrongTickets(tickets, entries) {
  const listed = new Map(entries.map(({ ticket, number }) => [ticket, number]))
  for (const { ticket, number } of tickets) {
    const found = listed.get(ticket)
    if (found === undefined) yield `lost: ${ticket}, which somebody was given as number ${number}`
    else if (found !== number) yield `told: ${ticket} is number ${found}, and its buyer was told ${number}`
  }
  yield* latecomers(tickets)
}

/** @param {Ticket[]} tickets */
function* latecomers(tickets) {
  const answered = [...tickets].sort((a, b) => a.at - b.at)
  let highest = 0 // of those who had theirs by then
  let next = 0
  for (const { ticket, number, askedAt } of [...tickets].sort((a, b) => a.askedAt - b.askedAt)) {
    for (let one = answered[next]; one !== undefined && one.at < askedAt; one = answered[++next])
      highest = Math.max(highest, one.number)
    if (number < highest)
      yield `jumped: ${ticket} has number ${number}, and was asked for when ${highest} was given already`
  }
}
