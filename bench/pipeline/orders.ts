import { openInventory } from '../../services/inventory/db.ts'
import { openNotification } from '../../services/notification/db.ts'
import { bookOrders } from '../../services/order/book-orders.ts'
import { type Client, openOrders } from '../../services/order/db.ts'
import { type PriceList, price, readPriceList } from '../../services/order/price-list.ts'
import type { Wanted } from '../../services/order/repeated-orders.ts'
import { openPayment } from '../../services/payment/db.ts'
import { CURRENCY } from '../../shared/catalogue.ts'
import type { Emitted } from '../../shared/events.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'
import { orderBody } from '../order-bodies.ts'

const CHUNK = 500 // orders in one transaction
const PAY_WITHIN_MS = 1_800_000
const UNITS_MAX = 6 // of one sku, in one order

const GUEST = { account: null, language: 'en', sale: null } as const

/** Books `count` orders, all of which will be paid, while nobody works. `via` decides how others hear of them. */
export async function placeOrders(
  place: Place,
  count: number,
  via: (db: Database<Client>) => Publish<Client>,
): Promise<void> {
  const db = await openOrders(place)
  const prices = await readPriceList(db.read)
  const publish = via(db)
  for (let from = 0; from < count; from += CHUNK) {
    const group = Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => wanted(from + i, prices))
    await publish((tx, emit) => bookOrders(tx, group, emit))
  }
  await db.close()
}

/** Publishes without an outbox: when the commit has returned, `send` gets what was emitted. */
export function sendingAfter(db: Database<Client>, send: (events: Emitted[]) => Promise<void>): Publish<Client> {
  return async (work, how) => {
    const { result, events } = await db.write(async (tx) => {
      const events: Emitted[] = []
      return { result: await work(tx, (event) => void events.push(event)), events }
    }, how)
    await send(events)
    return result
  }
}

/** Makes the tables of the four services of a shop, with goods for so many orders more than a new shop has. */
export async function stockShop(place: Place, orders: number): Promise<void> {
  const inventory = await openInventory(place)
  const more = { increment: orders * UNITS_MAX }
  await inventory.write((tx) => tx.stock.updateMany({ data: { received: more, available: more } }))
  for (const db of [inventory, await openOrders(place), await openPayment(place), await openNotification(place)])
    await db.close()
}

function wanted(n: number, prices: PriceList): Wanted {
  const { customer, items, payment } = orderBody(n)
  const priced = price(items, prices)
  if (!priced.ok) throw new Error(`order ${n} cannot be priced`)
  const { lines, totalCents } = priced
  const paid = { paymentMethod: payment.method, payBy: Date.now() + PAY_WITHIN_MS }
  const draft = { id: newId(), customer, ...GUEST, ...paid, lines, totalCents, currency: CURRENCY }
  return { draft, key: null, traceparent: undefined }
}
