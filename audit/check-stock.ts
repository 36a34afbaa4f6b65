import type { Books } from './books.ts'
import { fateOf, NONE } from './fates.ts'
import { type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import type { Reservation, StockBook } from './stock-book.ts'

type Line = { sku: string; quantity: number }

/** Is all stock where the books say, none of it sold twice, and every reservation that of its order? */
export function* checkStock(books: Books): Findings {
  yield* findDrift(books.stock)
  yield* findOversold(books)
  yield* findWrongReservations(books)
  for (const id of books.stock.reservations.keys())
    if (isUnknown(books, id)) yield finding('withoutOrder', id, 'a reservation')
}

/** What came in and is not on the shelf is in somebody's reservation, or set aside for a sale, whose orders have theirs from there. */
function* findDrift({ shelves, reservations, allotments }: StockBook): Findings {
  const offTheShelf = [...reservations.values()].filter(({ state, sale }) => state === 'reserved' && sale === null)
  const held = unitsBySku(offTheShelf)
  const aside = unitsBySku([...allotments.values()].map(({ sku, units }) => ({ lines: [{ sku, quantity: units }] })))
  for (const { sku, received, available } of shelves) {
    const [units, allotted] = [held.get(sku) ?? 0, aside.get(sku) ?? 0]
    const isPossible = available >= 0 && available <= received
    const says = `received ${received}, available ${available}, reserved ${units}`
    if (!isPossible || received - available !== units + allotted)
      yield finding('stockDrift', sku, allotted === 0 ? says : `${says}, set aside for sales ${allotted}`)
    held.delete(sku)
    aside.delete(sku)
  }
  for (const [sku, units] of [...held, ...aside])
    yield finding('stockDrift', sku, `never came in, and ${units} are reserved`)
}

/** Counted from the paid orders themselves, whatever inventory says. */
function* findOversold({ order, stock }: Books): Findings {
  const sold = unitsBySku([...order.orders.values()].filter(({ state }) => state === 'paid'))
  const received = new Map(stock.shelves.map((shelf) => [shelf.sku, shelf.received]))
  for (const [sku, units] of sold) {
    const most = received.get(sku) ?? 0
    if (units > most) yield finding('oversold', sku, `${units} sold of ${most}`)
  }
}

function* findWrongReservations(books: Books): Findings {
  for (const order of stillOrders(books)) {
    const { id, state, lines } = order
    const reservation = books.stock.reservations.get(id)
    const found = reservation?.state ?? NONE
    if (fateOf(order, books.isAtRest)?.reservation.has(found) === false)
      yield finding('wrongReservation', id, `the order is ${state}, its reservation: ${found}`)
    else if (reservation !== undefined && listing(reservation.lines) !== listing(wantedBy(reservation, lines)))
      yield finding('wrongReservation', id, `${listing(reservation.lines)} instead of ${listing(lines)}`)
  }
}

/** The mark that a cancel came first stands for no goods. */
function wantedBy({ state }: Reservation, lines: Line[]): Line[] {
  return state === 'cancelled' ? [] : lines
}

function listing(lines: Line[]): string {
  return (
    lines
      .map(({ sku, quantity }) => `${quantity} ${sku}`)
      .sort()
      .join(', ') || 'nothing'
  )
}

function unitsBySku(holders: { lines: Line[] }[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const { lines } of holders)
    for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity)
  return units
}
