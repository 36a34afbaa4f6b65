import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import type { Entry, Sale, SaleBook } from './sale-book.ts'

/** Was every unit of every sale sold once, or given back; and was it offered as long as somebody waited for it? */
export function* checkSales(books: Books): Findings {
  const { sale: book } = books
  if (book === null) return
  const lines = linesOf(book)
  for (const sale of book.sales.values()) {
    const line = lines.get(sale.id) ?? []
    for (const doubt of doubtsAbout(sale, line)) yield finding('saleCounter', sale.id, doubt)
    yield* findUndersold(sale, line, books, book)
    const lateMs = sale.endedAt === null ? books.asOf - sale.endsAt : 0
    if (lateMs > END_LIMIT_MS) yield finding('endless', sale.id, `${Math.round(lateMs / 1_000)} s after its end`)
  }
  yield* findOversold(books, book)
  yield* findWrongAllotments(books, book)
}

const END_LIMIT_MS = 10_000 // a service that is just started again is up by then, and looks at once

/** The entries of each sale, by their numbers. */
export function linesOf({ entries }: SaleBook): Map<string, Entry[]> {
  const lines = new Map<string, Entry[]>()
  for (const entry of entries.values()) {
    const line = lines.get(entry.sale)
    if (line === undefined) lines.set(entry.sale, [entry])
    else line.push(entry)
  }
  return lines
}

/** What was granted is free, held, bought or given back, and these are the entries that are. */
function* doubtsAbout(sale: Sale, line: Entry[]): Generator<string> {
  const { granted, credits, held, bought, spared, numbers, admissions, units } = sale
  const sum = credits + held + bought + spared
  const sums = `granted ${granted}, free ${credits}, held ${held}, bought ${bought}, spared ${spared}`
  if ((granted ?? 0) !== sum || Math.min(credits, held, bought, spared) < 0 || (granted ?? 0) > units) yield sums
  if (sale.endedAt !== null && credits > 0) yield `ended, and free ${credits}`
  const count = (state: string) => line.filter((entry) => entry.state === state).length
  if (held !== count('admitted') || bought !== count('bought'))
    yield `${sums}; of its entries ${count('admitted')} are held and ${count('bought')} bought`
  const admitted = line.filter(({ admission }) => admission !== null).length
  if (numbers !== line.length || admissions !== admitted)
    yield `counts ${numbers} entries and ${admissions} admissions: there are ${line.length} and ${admitted}`
}

/** Somebody waits though a unit is free; or all was said to be sold, and was not. */
function* findUndersold(sale: Sale, line: Entry[], { isAtRest }: Books, { outcomes }: SaleBook): Findings {
  const { id, credits, why, drawnAt, queueing } = sale
  const outcome = outcomes.get(id)
  const isSold = why === 'soldOut' || why === 'formed'
  if (isSold && outcome !== undefined && outcome.bought !== outcome.units)
    yield finding('undersold', id, `${why} with ${outcome.bought} bought of ${outcome.units}`)
  if (why === 'failed' && outcome !== undefined && outcome.units > 0 && outcome.bought === outcome.units)
    yield finding('undersold', id, `failed with all of its ${outcome.units} bought`)
  if (!isAtRest) return
  if (sale.granted === null) yield finding('undersold', id, 'inventory has not said what it gets')
  const waiting = line.filter(({ state }) => state === 'waiting' || state === 'joined').length
  if (credits > 0 && waiting > 0 && (queueing === 'line' || drawnAt !== null))
    yield finding('undersold', id, `${credits} units are free, and ${waiting} wait`)
}

/** Counted from the paid orders themselves, whatever sale says. */
function* findOversold({ order }: Books, { sales }: SaleBook): Findings {
  const paid = new Map<string, number>()
  for (const { sale, state } of order.orders.values())
    if (sale !== null && state === 'paid') paid.set(sale, (paid.get(sale) ?? 0) + 1)
  for (const { id, granted, bought } of sales.values()) {
    const sold = Math.max(paid.get(id) ?? 0, bought)
    if (sold > (granted ?? 0)) yield finding('oversold', id, `${sold} sold of ${granted ?? 0} that it was given`)
  }
}

/** What inventory has set aside is free or in reservations; and once all is done it is what the sale still has. */
function* findWrongAllotments(books: Books, { sales }: SaleBook): Findings {
  const { allotments, reservations } = books.stock
  const held = new Map<string, number>()
  for (const { sale, state, lines } of reservations.values())
    if (sale !== null && state === 'reserved')
      held.set(sale, (held.get(sale) ?? 0) + lines.reduce((units, { quantity }) => units + quantity, 0))
  for (const { sale, units, free } of allotments.values()) {
    const reserved = held.get(sale) ?? 0
    const known = sales.get(sale)
    const says = `${units} set aside, ${free} free, ${reserved} in reservations`
    if (free < 0 || units - free !== reserved) yield finding('allotmentDrift', sale, says)
    else if (known === undefined) yield finding('allotmentDrift', sale, `${says}, and there is no such sale`)
    else if (books.isAtRest && (units !== (known.granted ?? 0) - known.spared || free !== known.credits))
      yield finding(
        'allotmentDrift',
        sale,
        `${says}; the sale has ${known.credits} free and has spared ${known.spared}`,
      )
    held.delete(sale)
  }
  for (const [sale, units] of held)
    yield finding('allotmentDrift', sale, `nothing is set aside, and ${units} are in reservations`)
}
