import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** What became of an order's money, in cents: what went back, and what was asked to go back and has no answer yet. */
export type Refunds = { refundedCents: number; askedCents: number }

type Row = { orderId: string; totalCents: number; event: string; detail: string | null }

/** Of each of these orders, as its timeline tells it. */
export async function refundsOf(tx: Client, orderIds: string[]): Promise<Map<string, Refunds>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT entry."orderId", "Order"."totalCents", entry.event, entry.detail
    FROM "TimelineEntry" AS entry JOIN "Order" ON "Order".id = entry."orderId"
    WHERE entry."orderId" IN (SELECT value FROM ${each(orderIds)})
      AND entry.event IN ('order.refundAsked', 'payment.refunded', 'payment.refundRefused')
    ORDER BY entry.seq`
  return new Map(orderIds.map((id) => [id, refundsIn(rows.filter(({ orderId }) => orderId === id).map(toldIn))]))
}

/** A refund that was asked for, and what it leaves, in cents. */
export type Asked = { asked: string; cents: number; leftCents: number }

/** What was asked for under this name. */
export async function readAsked(read: Client, orderId: string, asked: string): Promise<Asked> {
  const rows = await read.$queryRaw<{ detail: string }[]>`
    SELECT detail FROM "TimelineEntry" WHERE "orderId" = ${orderId} AND event = 'order.refundAsked' ORDER BY seq`
  const found = rows.map(({ detail }): Asked => JSON.parse(detail)).find((one) => one.asked === asked)
  if (found === undefined) throw new Error(`order ${orderId} has no refund ${asked} in its timeline`)
  return found
}

/** Writes with these orders what went back of their money. */
export async function countRefunds(tx: Client, orderIds: string[]): Promise<void> {
  if (orderIds.length === 0) return
  const refunds = await refundsOf(tx, [...new Set(orderIds)])
  const rows = [...refunds].map(([id, { refundedCents }]) => ({ id, refundedCents }))
  await tx.$executeRaw`
    UPDATE "Order" SET "refundedCents" = new."refundedCents" FROM ${records('Order', columns, rows)} AS new
    WHERE "Order".id = new.id`
}

const columns: Columns<{ id: string; refundedCents: number }> = ['id', 'refundedCents']

/** Something that was told of a refund. `cents` is absent where versions before gave all back, of which `allCents` tells. */
export type Told = { event: string; allCents: number; asked?: string | null; refundId?: string; cents?: number }

function toldIn({ event, totalCents: allCents, detail }: Row): Told {
  return { ...JSON.parse(detail ?? '{}'), event, allCents }
}

/** Adds up what was told, the oldest first. What is told twice counts once; what has failed after it was told, not at all. */
export function refundsIn(told: Told[]): Refunds {
  const refunded = new Map<string, number>()
  const open = new Map<string, number>()
  for (const { event, allCents, asked, refundId = '', cents = allCents } of told) {
    if (event === 'order.refundAsked') open.set(String(asked), cents)
    else open.delete(String(asked))
    if (event === 'payment.refunded') refunded.set(refundId, cents)
    if (event === 'payment.refundRefused') refunded.delete(refundId || idOf(refunded, asked === null ? cents : null))
  }
  return { refundedCents: sumOf(refunded), askedCents: sumOf(open) }
}

/** The last refund of so many cents, where one that has failed is not named. */
function idOf(refunded: Map<string, number>, cents: number | null): string {
  return [...refunded].findLast(([, amount]) => amount === cents)?.[0] ?? ''
}

const sumOf = (amounts: Map<string, number>) => [...amounts.values()].reduce((sum, cents) => sum + cents, 0)
