import { declineReasonOf } from '../../shared/decline-reasons.ts'
import type { State } from '../../shared/states.ts'
import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { canCancel, numberOf } from './order.ts'
import { challengeAnswer, type OrderAnswer, type OrderStory, type TimelineAnswer } from './order-answer.ts'
import { canPay } from './payable.ts'

/** Where a reader of an order's timeline stands: `after` is the last entry it has seen, 0 for none. */
export type Position = { orderId: string; after: number }

type Head = Omit<OrderAnswer, 'number' | 'items' | 'placedAt' | 'payBy'> & Times & { seq: number }
type Times = { placedAt: number; payBy: number | null }
type Item = OrderAnswer['items'][number]

/** Reads orders by id, in no particular order. */
export async function readOrders(read: Client, ids: string[]): Promise<OrderAnswer[]> {
  const heads = await read.$queryRaw<Head[]>`
    SELECT id, seq, state, "totalCents", currency, "placedAt", "payBy", "refundedCents", sale
    FROM "Order" WHERE id IN (SELECT value FROM ${each(ids)})`
  const items = await readItems(read, ids)
  return heads.map(({ id, seq, state, totalCents, currency, placedAt, payBy, refundedCents, sale }) => {
    const times = { placedAt: iso(placedAt), payBy: payBy === null ? null : iso(payBy) }
    return {
      id,
      number: numberOf(seq),
      state,
      totalCents,
      currency,
      items: items.get(id) ?? [],
      ...times,
      refundedCents,
      sale,
    }
  })
}

async function readItems(read: Client, ids: string[]): Promise<Map<string, Item[]>> {
  const lines = await read.$queryRaw<(Item & { orderId: string })[]>`
    SELECT "orderId", sku, name, quantity, "unitPriceCents"
    FROM "OrderLine" WHERE "orderId" IN (SELECT value FROM ${each(ids)}) ORDER BY "orderId", position`
  const items = new Map(ids.map((id): [string, Item[]] => [id, []]))
  for (const { orderId, sku, name, quantity, unitPriceCents } of lines)
    items.get(orderId)?.push({ sku, name, quantity, unitPriceCents })
  return items
}

/** Reads an order with its timeline; undefined when there is none of that id. */
export async function readStory(read: Client, id: string): Promise<OrderStory | undefined> {
  const [order] = await readOrders(read, [id])
  if (order === undefined) return undefined
  const [timeline = []] = await readTimelines(read, [{ orderId: id, after: 0 }])
  return { ...order, challenge: challengeIn(order.state, timeline), timeline }
}

/** What is to be confirmed of the last means of payment, while it is under way. */
function challengeIn(state: State, timeline: TimelineAnswer[]): OrderStory['challenge'] {
  if (state !== 'paying') return null
  const tender = timeline.findLast(({ event }) => event === 'order.tendered')?.detail?.tender ?? 1
  const last = timeline.findLast(({ event, detail }) => event === 'payment.challenged' && detail?.tender === tender)
  return last === undefined ? null : challengeAnswer.parse(last.detail)
}

type Told = Omit<TimelineAnswer, 'at' | 'detail' | 'canCancel' | 'canPay'>
type Row = Told & { orderId: string; at: number; detail: string | null; payBy: number | null }

/** Reads what is new to each reader, oldest first; one list per reader, empty where nothing is. */
export async function readTimelines(read: Client, positions: Position[]): Promise<TimelineAnswer[][]> {
  const rows = await read.$queryRaw<Row[]>`
    SELECT entry."orderId", entry.seq, entry.event, entry.service, entry.state, entry.at,
           entry.at - "Order"."placedAt" AS "msSincePlaced", entry."messageId", entry.attempt, entry.detail, "Order"."payBy"
    FROM ${records('TimelineEntry', startColumns, startsOf(positions))} AS start
    CROSS JOIN "TimelineEntry" AS entry
    JOIN "Order" ON "Order".id = entry."orderId"
    WHERE entry."orderId" = start."orderId" AND entry.seq > start.seq
    ORDER BY entry.seq`
  const entries = new Map(positions.map(({ orderId }): [string, TimelineAnswer[]] => [orderId, []]))
  for (const row of rows) entries.get(row.orderId)?.push(entryOf(row))
  return positions.map(({ orderId, after }) => entries.get(orderId)?.filter(({ seq }) => seq > after) ?? [])
}

/** The orders to which something has happened after this entry, one more than `max` at most, and the last entry there is. */
export async function changedOrders(
  read: Client,
  after: number,
  max: number,
): Promise<{ upTo: number; orderIds: string[] }> {
  const [last] = await read.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "TimelineEntry"` // first: what comes meanwhile is told the next time
  const rows = await read.$queryRaw<{ orderId: string }[]>`
    SELECT DISTINCT "orderId" FROM "TimelineEntry" WHERE seq > ${after} LIMIT ${max + 1}`
  return { upTo: Number(last?.seq ?? 0), orderIds: rows.map(({ orderId }) => orderId) }
}

type Start = { orderId: string; seq: number }
const startColumns: Columns<Start> = ['orderId', 'seq']

/** Each order once, from where the first of its readers stands. */
function startsOf(positions: Position[]): Start[] {
  const starts = new Map<string, number>()
  for (const { orderId, after } of positions) starts.set(orderId, Math.min(after, starts.get(orderId) ?? after))
  return [...starts].map(([orderId, seq]) => ({ orderId, seq }))
}

function entryOf(row: Row): TimelineAnswer {
  const { seq, event, service, state, payBy, at, msSincePlaced, messageId, attempt, detail } = row
  const parsed = detail === null ? null : shownDetail(event, JSON.parse(detail))
  const standing = { state, canCancel: canCancel(state), canPay: canPay({ state, payBy }, Date.now()) }
  const times = { at: iso(at), msSincePlaced: Math.max(0, msSincePlaced) } // clocks step back
  return { seq, event, service, ...standing, ...times, messageId, attempt, detail: parsed }
}

/** Versions before wrote down a gateway's own code. */
function shownDetail(event: string, detail: TimelineAnswer['detail']): TimelineAnswer['detail'] {
  if (event === 'payment.declined') return { ...detail, reason: declineReasonOf(`${detail?.reason}`) }
  return OWN_REASONS.includes(event) ? { ...detail, reason: undefined } : detail
}

const OWN_REASONS = ['order.refundAsked', 'message.discarded'] // the admin's words, for the books and not for customers

const iso = (ms: number) => new Date(ms).toISOString()
