// Recomputes a sale from what anybody may see of it, with nothing but Node:
//
//   node examples/check-sale.mjs http://localhost:3000 <sale>                     its line, its draw, its counts
//   node examples/check-sale.mjs http://localhost:3000 <sale> --tickets <file>    and what buyers were told
//
// A line of the file is what one buyer knows: {"sale", "ticket", "number", "askedAt", "at"}: when they first asked for the
// ticket and when they had it, in ms of one clock. Exits with 0 when all is as promised, 1 when not, 2 when it cannot be told.
import { readFileSync } from 'node:fs'
import { inversions, wrongCounts, wrongOrder, wrongTickets } from './sale-rules.mjs'

const PAGE = 1_000
const ANSWER_LIMIT_MS = 10_000
const SHOWN_MAX = 10 // of each kind; the count tells of the others
const usage = 'Usage: node examples/check-sale.mjs <address of the shop> <sale> [--tickets <file>]'

/**
 * @typedef {import('./sale-rules.mjs').Sale} Sale
 * @typedef {import('./sale-rules.mjs').Entry} Entry
 * @typedef {import('./sale-rules.mjs').Ticket} Ticket
 */

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/** @param {string[]} given */
async function main([shop, id, option, file]) {
  if (
    shop === undefined ||
    id === undefined ||
    (option !== undefined && (option !== '--tickets' || file === undefined))
  )
    throw new Error(usage)
  const sale = await read(`${shop}/api/sales/${encodeURIComponent(id)}`)
  const entries = await readLine(shop, id)
  const tickets = file === undefined ? null : readTickets(file, id)
  const wrong = [...wrongCounts(sale, entries), ...wrongOrder(sale, entries), ...wrongTickets(tickets ?? [], entries)]
  tell(sale, entries, tickets, wrong)
  return wrong.length === 0
}

/** @param {string} url */
async function read(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return response.json()
}

/**
 * The whole line, page by page.
 * @param {string} shop
 * @param {string} id
 * @returns {Promise<Entry[]>}
 */
async function readLine(shop, id) {
  const entries = []
  for (let after = 0; ; ) {
    const page = await read(`${shop}/api/sales/${encodeURIComponent(id)}/entries?after=${after}&limit=${PAGE}`)
    entries.push(...page.entries)
    if (page.next === null) return entries
    after = page.next
  }
}

/**
 * @param {string} file
 * @param {string} id
 * @returns {Ticket[]}
 */
function readTickets(file, id) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line)).filter(({ sale }) => sale === id)
}

/**
 * @param {Sale} sale
 * @param {Entry[]} entries
 * @param {Ticket[] | null} tickets
 * @param {string[]} wrong
 */
function tell(sale, entries, tickets, wrong) {
  const admitted = entries.filter(({ admission }) => admission !== null).length
  const over = sale.why === null ? sale.state : `${sale.state}: ${sale.why}`
  console.log(`Sale ${sale.id}, by ${sale.order}, ${over}`)
  console.log(
    `  units ${sale.units}: free ${sale.free}, held ${sale.held}, bought ${sale.bought}, spared ${sale.spared}`,
  )
  console.log(`  entries ${entries.length}, admitted ${admitted}, overtaken ${inversions(entries).length}`)
  if (sale.seed !== null)
    console.log(`  seed ${sale.seed}, hash ${sale.seedHash}: all ${entries.length} lots drawn again`)
  if (tickets !== null) console.log(`  tickets of buyers ${tickets.length}, compared with the line`)
  const kinds = [...new Set(wrong.map((one) => one.slice(0, one.indexOf(':'))))]
  for (const kind of kinds) {
    const found = wrong.filter((one) => one.startsWith(`${kind}:`))
    for (const one of found.slice(0, SHOWN_MAX)) console.log(`  WRONG ${one}`)
    if (found.length > SHOWN_MAX) console.log(`  and ${found.length - SHOWN_MAX} more of that kind`)
  }
  console.log(wrong.length === 0 ? 'All is as promised.' : `WRONG: ${wrong.length}.`)
}
