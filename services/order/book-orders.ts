import type { Emit } from '../../shared/handler.ts'
import { each, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { type Draft, headColumns, headOf, lineColumns, linesOf, type Numbered } from './draft.ts'
import { numberOf } from './order.ts'
import type { OrderAnswer } from './order-answer.ts'
import { type Booked, KEY_TAKEN, repetitions, replay, type Wanted } from './repeated-orders.ts'

/**
 * Books a group of orders in one transaction and emits `order.placed` for each. An order whose key stands for
 * an earlier one is not booked: that one is the answer, if it was asked for in the same words.
 */
export async function bookOrders(tx: Client, group: Wanted[], emit: Emit): Promise<Booked[]> {
  const now = Date.now()
  const late = await repetitions(tx, group, now)
  const fresh = group.filter((wanted) => !late.has(wanted))
  const drafts = fresh.map(({ draft }) => draft)
  const orders = await insertOrders(tx, drafts, now)
  for (const [i, order] of orders.entries()) emitPlaced(order, fresh[i]?.traceparent, emit)
  const placed = orders.map((order, i): Booked => {
    return { kind: 'placed', order: answerOf(order), expectedPaidInMs: fresh[i]?.expectedPaidInMs ?? null }
  })
  if (late.size === 0) return placed
  const answers = new Map([...drafts.map(({ id }, i) => [id, placed[i]] as const), ...(await replay(tx, [...late]))])
  return group.map(({ draft }) => answers.get(draft.id) ?? KEY_TAKEN)
}

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

/** Tells the others of an order that is in the books. */
export function emitPlaced(order: Numbered, traceparent: string | undefined, emit: Emit): void {
  const { id: orderId, number, totalCents, currency, paymentMethod, payBy, lines, account, language, sale } = order
  const customer = { name: order.customer.name, email: order.customer.email }
  const whose = { language, ...(account !== null && { account }), ...(sale !== null && { sale }) }
  const data = { number, totalCents, currency, paymentMethod, payBy, customer, lines, ...whose }
  emit({ name: 'order.placed', subject: orderId, data, ...(traceparent !== undefined && { traceparent }) })
}

function answerOf({ id, number, totalCents, currency, lines: items, placedAt, payBy }: Numbered): OrderAnswer {
  const times = { placedAt: iso(placedAt), payBy: iso(payBy) }
  return { id, number, state: 'placed', totalCents, currency, items, ...times, refundedCents: 0, sale: null }
}

const iso = (ms: number) => new Date(ms).toISOString()
