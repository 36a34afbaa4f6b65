import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'
import type { Payable } from './payable.ts'
import { type Entry, record } from './timeline.ts'

/** What was offered for an order, and the key under which that was asked for; `at` in ms. */
export type Tender = { orderId: string; tender: number; paymentMethod: string; key: Key | null; at: number }

/** An order as far as paying it goes; `tender` counts what was offered for it, `sale` is the one by which it was admitted. */
export type ToPay = Payable & {
  number: string
  tender: number
  totalCents: number
  currency: string
  sale: string | null
}

/** Those of these orders that exist. */
export async function ordersToPay(tx: Client, orderIds: string[]): Promise<Map<string, ToPay>> {
  const rows = await tx.$queryRaw<(Omit<ToPay, 'number'> & { id: string; seq: number })[]>`
    SELECT id, seq, state, "payBy", tender, "totalCents", currency, sale
    FROM "Order" WHERE id IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map(({ id, seq, ...order }) => [id, { ...order, number: numberOf(seq) }]))
}

/** Writes down what was offered: with each order, one at most, and in its timeline. */
export async function recordTenders(tx: Client, tenders: Tender[]): Promise<void> {
  if (tenders.length === 0) return
  const rows = tenders.map(({ orderId: id, tender, paymentMethod }) => ({ id, tender, paymentMethod }))
  await tx.$executeRaw`
    UPDATE "Order" SET tender = new.tender, "paymentMethod" = new."paymentMethod"
    FROM ${records('Order', columns, rows)} AS new WHERE "Order".id = new.id`
  await record(tx, tenders.map(entryOf))
}

const columns: Columns<{ id: string } & Pick<Tender, 'tender' | 'paymentMethod'>> = ['id', 'tender', 'paymentMethod']

function entryOf({ orderId, tender, paymentMethod, at }: Tender): Entry {
  const detail = { tender, hosted: paymentMethod === 'hosted' }
  return {
    orderId,
    event: 'order.tendered',
    service: 'order',
    state: 'paying',
    at,
    messageId: null,
    attempt: null,
    detail,
  }
}
