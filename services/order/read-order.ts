import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { OrderAnswer, OrderStory, TimelineAnswer } from './order-answer.ts'

/** Where a reader of an order's timeline stands: `after` is the last entry it has seen, 0 for none. */
export type Position = { orderId: string; after: number }

/** Reads orders by id, in no particular order. */
export async function readOrders(read: Client, ids: string[]): Promise<OrderAnswer[]> {
  const rows = await jsonRows<OrderAnswer & { placedAt: number }>(read.$queryRaw`
    SELECT json_group_array(json_object(
      'id', id, 'number', number, 'state', state, 'totalCents', totalCents, 'currency', currency,
      'items', json((
        SELECT json_group_array(json_object(
          'sku', sku, 'name', name, 'quantity', quantity, 'unitPriceCents', unitPriceCents))
        FROM (SELECT * FROM "OrderLine" WHERE orderId = "Order".id ORDER BY position))),
      'placedAt', placedAt)) AS json
    FROM "Order" WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
  return rows.map((row) => ({ ...row, placedAt: iso(row.placedAt) }))
}

/** Reads an order with its timeline; undefined when there is none of that id. */
export async function readStory(read: Client, id: string): Promise<OrderStory | undefined> {
  const [order] = await readOrders(read, [id])
  if (order === undefined) return undefined
  const [timeline = []] = await readTimelines(read, [{ orderId: id, after: 0 }])
  return { ...order, timeline }
}

/** Reads what is new to each reader, oldest first; one list per reader, empty where nothing is. */
export async function readTimelines(read: Client, positions: Position[]): Promise<TimelineAnswer[][]> {
  const rows = await jsonRows<TimelineAnswer & { reader: number; at: number }>(read.$queryRaw`
    SELECT json_group_array(json_object(
      'reader', reader, 'seq', seq, 'event', event, 'service', service, 'state', state, 'at', at,
      'msSincePlaced', at - placedAt, 'messageId', messageId, 'attempt', attempt, 'detail', json(detail))) AS json
    FROM (SELECT entry.*, wanted.key AS reader, "Order".placedAt
          FROM json_each(${JSON.stringify(positions)}) AS wanted
          CROSS JOIN "TimelineEntry" AS entry
            ON entry.orderId = wanted.value->>'orderId' AND entry.seq > wanted.value->>'after'
          JOIN "Order" ON "Order".id = entry.orderId
          ORDER BY entry.seq)`)
  const lists = positions.map((): TimelineAnswer[] => [])
  for (const { reader, ...entry } of rows) lists[reader]?.push({ ...entry, at: iso(entry.at) })
  return lists
}

const iso = (ms: number) => new Date(ms).toISOString()
