import type { Language } from '../../shared/customer-events.ts'
import { mailboxOf } from '../../shared/email-address.ts'
import type { PricedLine } from '../../shared/events.ts'
import type { State } from '../../shared/states.ts'
import { type Columns, each, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'
import type { OrderRequest } from './order-request.ts'

/**
 * An order that has been checked and priced, and is not in the books yet. `payBy` in ms; no payment method: it is paid
 * later; no account: its customer is a guest; no sale: its customer placed it.
 */
export type Draft = {
  id: string
  account: string | null
  language: Language
  customer: OrderRequest['customer']
  paymentMethod: string | null
  payBy: number
  lines: PricedLine[]
  totalCents: number
  currency: string
  sale: string | null
}

/** An order in the books; `placedAt` in ms. */
export type Numbered = Draft & { number: string; placedAt: number }

/** Enters drafts in the books, each with its number, its lines and the first entry of its timeline. */
export async function insertOrders(tx: Client, drafts: Draft[], placedAt: number): Promise<Numbered[]> {
  if (drafts.length === 0) return []
  const orders = await insertUntold(tx, drafts, placedAt)
  await tx.$executeRaw`
    INSERT INTO "TimelineEntry" ("orderId", event, service, state, at)
    SELECT value, 'order.placed', 'order', 'placed', CAST(${placedAt} AS BIGINT)
    FROM ${each(drafts.map(({ id }) => id))}`
  return orders
}

/** The same where the timeline begins with something else. */
export async function insertUntold(tx: Client, drafts: Draft[], placedAt: number): Promise<Numbered[]> {
  if (drafts.length === 0) return []
  const numbers = await insertHeads(tx, drafts, placedAt)
  await tx.$executeRaw`${insert('OrderLine', lineColumns, drafts.flatMap(linesOf))}`
  return drafts.map((draft) => ({ ...draft, number: numbers.get(draft.id) ?? uncounted(draft), placedAt }))
}

/** The database counts, and leaves a gap where a transaction has failed. Returns the numbers by id. */
async function insertHeads(tx: Client, drafts: Draft[], placedAt: number): Promise<Map<string, string>> {
  const heads = drafts.map((draft) => headOf(draft, placedAt))
  const rows = await tx.$queryRaw<{ id: string; seq: number }[]>`
    ${insert('Order', headColumns, heads)} RETURNING id, seq`
  return new Map(rows.map(({ id, seq }) => [id, numberOf(seq)]))
}

function uncounted({ id }: Draft): never {
  throw new Error(`the database has not counted order ${id}`)
}

const headColumns: Columns<ReturnType<typeof headOf>> = [
  'id',
  'state',
  'customerName',
  'customerEmail',
  'customerPhone',
  'paymentMethod',
  'totalCents',
  'currency',
  'placedAt',
  'payBy',
  'tender',
  'account',
  'language',
  'mailbox',
  'sale',
]

function headOf(
  { id, customer, paymentMethod, totalCents, currency, payBy, account, language, sale }: Draft,
  placedAt: number,
) {
  const { name: customerName, email: customerEmail, phone: customerPhone } = customer
  const state: State = 'placed'
  const head = { id, state, customerName, customerEmail, customerPhone, totalCents, currency, placedAt, payBy }
  const payment = { paymentMethod: paymentMethod ?? '', tender: paymentMethod === null ? 0 : 1 }
  return { ...head, ...payment, account, language, mailbox: mailboxOf(customerEmail), sale }
}

const lineColumns: Columns<ReturnType<typeof linesOf>[number]> = [
  'orderId',
  'sku',
  'position',
  'name',
  'quantity',
  'unitPriceCents',
]

function linesOf({ id: orderId, lines }: Draft) {
  return lines.map(({ sku, name, quantity, unitPriceCents }, position) => {
    return { orderId, sku, position, name, quantity, unitPriceCents }
  })
}
