import type { Service } from '../../shared/routes.ts'
import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { State } from './order.ts'

/** One thing that happened to an order, and its state afterwards. `at` is when it happened (ms). */
export type Entry = {
  orderId: string
  event: string
  service: Service
  state: State
  at: number
  messageId: string | null
  attempt: number | null
  detail: object | null
}

export type Known = { number: string; state: State }

/** The numbers and states of those of these orders that exist. */
export async function knownOrders(tx: Client, orderIds: string[]): Promise<Map<string, Known>> {
  const rows = await jsonRows<[string, Known]>(tx.$queryRaw`
    SELECT json_group_array(json_array(id, json_object('number', number, 'state', state))) AS json
    FROM "Order" WHERE id IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`)
  return new Map(rows)
}

/** Writes what happened, in this order, and leaves each order in the state of its last entry. */
export async function record(tx: Client, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  const last = Object.fromEntries(entries.map(({ orderId, state }) => [orderId, state]))
  await tx.$executeRaw`
    UPDATE "Order" SET state = last.value FROM json_each(${JSON.stringify(last)}) AS last
    WHERE "Order".id = last.key AND "Order".state <> last.value`
  await tx.$executeRaw`
    INSERT INTO "TimelineEntry" (orderId, event, service, state, at, messageId, attempt, detail)
    SELECT value->>'orderId', value->>'event', value->>'service', value->>'state', value->>'at',
           value->>'messageId', value->>'attempt', value->>'detail'
    FROM jsonb_each(${JSON.stringify(entries)}) ORDER BY key`
}
