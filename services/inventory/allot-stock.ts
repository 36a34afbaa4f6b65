import type { Handler, Prepared } from '../../shared/handler.ts'
import { type Allotment, insertAllotments, readAllotments } from './allotments.ts'
import type { Client } from './db.ts'
import { readShelf, takeFromShelves } from './shelves.ts'
import { type Shelf, take } from './stock.ts'

type Announced = Prepared<'sale.announced'>['message']

/**
 * On `sale.announced`: sets units aside for the sale, as many as were asked for or as many as there are, and emits
 * `stock.allotted` with how many that is: none where there is no such product. From then on nobody else can buy them.
 */
export const allotStock: Handler<'sale.announced', Client> = {
  async apply(tx, batch, emit) {
    const announced = batch.map(({ message }) => message)
    const known = await readAllotments(
      tx,
      announced.map(({ subject }) => subject),
    )
    const sales = announced.filter(({ subject }) => !known.has(subject))
    const shelf = await readShelf(tx, [...new Set(sales.map(({ data }) => data.sku))])
    const allotments = sales.map((sale) => allot(sale, shelf))
    await takeFromShelves(
      tx,
      allotments.map(({ sku, units }) => ({ sku, quantity: units })),
    )
    await insertAllotments(tx, allotments)
    for (const { sale, units } of allotments) emit({ name: 'stock.allotted', subject: sale, data: { units } })
  },
}

/** One sale after the other: the next one finds what is left. */
function allot({ subject: sale, data: { sku, units: wanted } }: Announced, shelf: Shelf): Allotment {
  const units = Math.min(wanted, shelf.get(sku) ?? 0)
  take([{ sku, quantity: units }], shelf)
  return { sale, sku, units, free: units }
}
