import type { Language } from '../../shared/customer-events.ts'
import { mailboxOf } from '../../shared/email-address.ts'
import type { PricedLine } from '../../shared/events.ts'
import type { State } from '../../shared/states.ts'
import type { Columns } from '../../shared/store/sql.ts'
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

/** Of the order's own row. */
export const headColumns: Columns<ReturnType<typeof headOf>> = [
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

export function headOf(
  { id, customer, paymentMethod, totalCents, currency, payBy, account, language, sale }: Draft,
  placedAt: number,
) {
  const { name: customerName, email: customerEmail, phone: customerPhone } = customer
  const state: State = 'placed'
  const head = { id, state, customerName, customerEmail, customerPhone, totalCents, currency, placedAt, payBy }
  const payment = { paymentMethod: paymentMethod ?? '', tender: paymentMethod === null ? 0 : 1 }
  return { ...head, ...payment, account, language, mailbox: mailboxOf(customerEmail), sale }
}

/** Of the rows of its lines. */
export const lineColumns: Columns<ReturnType<typeof linesOf>[number]> = [
  'orderId',
  'sku',
  'position',
  'name',
  'quantity',
  'unitPriceCents',
]

export function linesOf({ id: orderId, lines }: Draft) {
  return lines.map(({ sku, name, quantity, unitPriceCents }, position) => {
    return { orderId, sku, position, name, quantity, unitPriceCents }
  })
}
