import type { PricedLine } from '../../shared/events.ts'
import { type Columns, each, insert } from '../../shared/store/sql.ts'
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
  const [row] = await tx.$queryRaw<{ last: number }[]>`SELECT COALESCE(MAX(seq), 0) AS last FROM "Order"`
  const first = (row?.last ?? 0) + 1
  const orders = drafts.map((draft, i) => numbered(draft, first + i, placedAt))
  await tx.$executeRaw`${insert('Order', headColumns, orders.map(headOf))}`
  await tx.$executeRaw`${insert('OrderLine', lineColumns, orders.flatMap(linesOf))}`
  await tx.$executeRaw`
    INSERT INTO "TimelineEntry" ("orderId", event, service, state, at)
    SELECT value, 'order.placed', 'order', 'placed', CAST(${placedAt} AS BIGINT)
    FROM ${each(drafts.map(({ id }) => id))}`
  return orders
}

function numbered(draft: Draft, seq: number, placedAt: number): Numbered {
  return { ...draft, seq, number: `OL-${FIRST_NUMBER + seq}`, placedAt }
}

type Head = ReturnType<typeof headOf>
const headColumns: Columns<Head> = [
  'seq',
  'id',
  'number',
  'state',
  'customerName',
  'customerEmail',
  'customerPhone',
  'paymentMethod',
  'totalCents',
  'currency',
  'placedAt',
]

function headOf({ seq, id, number, customer, paymentMethod, totalCents, currency, placedAt }: Numbered) {
  const { name: customerName, email: customerEmail, phone: customerPhone } = customer
  const who = { customerName, customerEmail, customerPhone }
  return { seq, id, number, state: 'placed', ...who, paymentMethod, totalCents, currency, placedAt }
}

type Line = ReturnType<typeof linesOf>[number]
const lineColumns: Columns<Line> = ['orderId', 'sku', 'position', 'name', 'quantity', 'unitPriceCents']

function linesOf({ id: orderId, lines }: Numbered) {
  return lines.map((line, position) => ({ orderId, position, ...line }))
}
