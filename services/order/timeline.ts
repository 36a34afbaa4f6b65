import type { State } from '../../shared/states.ts'
import { type Columns, each, insert, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { numberOf, type Standing } from './order.ts'

/** One thing that happened to an order, and its state afterwards. `at` is when it happened (ms). */
export type Entry = {
  orderId: string
  event: string
  service: string
  state: State
  at: number
  messageId: string | null
  attempt: number | null
  detail: object | null
}

const columns: Columns<Entry> = ['orderId', 'event', 'service', 'state', 'at', 'messageId', 'attempt', 'detail']

/** `sale` is the one by which it was admitted. */
export type Known = Standing & { number: string; sale: string | null }

/** The numbers of those of these orders that exist, and where they stand. */
export async function knownOrders(tx: Client, orderIds: string[]): Promise<Map<string, Known>> {
  const rows = await tx.$queryRaw<(Omit<Known, 'number'> & { id: string; seq: number })[]>`
    SELECT id, seq, state, tender, sale FROM "Order" WHERE id IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map(({ id, seq, ...standing }) => [id, { number: numberOf(seq), ...standing }]))
}

/** Writes what happened, in this order, and leaves each order in the state of its last entry. */
export async function record(tx: Client, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.$executeRaw`
    UPDATE "Order" SET state = last.state FROM ${records('Order', stateColumns, lastOf(entries))} AS last
    WHERE "Order".id = last.id AND "Order".state <> last.state`
  await tx.$executeRaw`${insert('TimelineEntry', columns, entries)}`
}

type Last = { id: string; state: State }
const stateColumns: Columns<Last> = ['id', 'state']

function lastOf(entries: Entry[]): Last[] {
  const states = new Map(entries.map(({ orderId, state }) => [orderId, state]))
  return [...states].map(([id, state]) => ({ id, state }))
}
