import type { PricedLine } from '../../shared/events.ts'
import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { OrderRequest } from './order-request.ts'

/** An order that has been checked and priced, and is not in the books yet. */
export type Draft = {
  id: string
  customer: OrderRequest['customer']
  paymentMethod: string
  lines: PricedLine[]
  totalCents: number
  currency: string
}

/** `seq` counts the orders; the number that people see is made of it. Times in ms. */
export type Numbered = Draft & { seq: number; number: string; placedAt: number }

const FIRST_NUMBER = 1_000_000

/** Enters drafts in the books, each with its number, its lines and the first entry of its timeline. */
export async function insertOrders(tx: Client, drafts: Draft[], placedAt: number): Promise<Numbered[]> {
  if (drafts.length === 0) return []
  const [last = 0] = await jsonRows<number>(tx.$queryRaw`
    SELECT json_array(COALESCE(MAX(seq), 0)) AS json FROM "Order"`)
  const orders = drafts.map((draft, i) => numbered(draft, last + 1 + i, placedAt))
  await insertHeads(tx, orders)
  await insertLines(tx, orders)
  await tx.$executeRaw`
    INSERT INTO "TimelineEntry" (orderId, event, service, state, at)
    SELECT id, 'order.placed', 'order', 'placed', placedAt FROM "Order" WHERE seq > ${last} ORDER BY seq`
  return orders
}

function numbered(draft: Draft, seq: number, placedAt: number): Numbered {
  return { ...draft, seq, number: `OL-${FIRST_NUMBER + seq}`, placedAt }
}

// Rows travel as arrays and are read as JSONB: to name each column in each row, and to parse the row once per
// column, would cost more than writing it.
async function insertHeads(tx: Client, orders: Numbered[]): Promise<void> {
  const rows = orders.map(({ seq, id, number, customer, paymentMethod, totalCents, currency, placedAt }) => [
    seq,
    id,
    number,
    customer.name,
    customer.email,
    customer.phone,
    paymentMethod,
    totalCents,
    currency,
    placedAt,
  ])
  await tx.$executeRaw`
    INSERT INTO "Order" (seq, id, number, state, customerName, customerEmail, customerPhone, paymentMethod,
                         totalCents, currency, placedAt)
    SELECT value->>0, value->>1, value->>2, 'placed', value->>3, value->>4, value->>5, value->>6, value->>7,
           value->>8, value->>9
    FROM jsonb_each(${JSON.stringify(rows)})`
}

async function insertLines(tx: Client, orders: Numbered[]): Promise<void> {
  const rows = orders.flatMap(({ id, lines }) =>
    lines.map(({ sku, name, quantity, unitPriceCents }, i) => [id, sku, i, name, quantity, unitPriceCents]),
  )
  await tx.$executeRaw`
    INSERT INTO "OrderLine" (orderId, sku, position, name, quantity, unitPriceCents)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5
    FROM jsonb_each(${JSON.stringify(rows)})`
}
