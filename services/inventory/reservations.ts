import { type Columns, each, insert } from '../../shared/store/sql.ts'
import type { Part } from './allotments.ts'
import type { Client } from './db.ts'
import type { Line } from './stock.ts'

/**
 * What inventory knows of an order. `cancelled` is a tombstone: the cancel came before the order, which shall
 * get nothing. `released` gave its lines back. `sale` is the one out of whose allotment it is; null: off the shelf.
 */
export type Reservation = {
  orderId: string
  number: string
  state: 'reserved' | 'rejected' | 'released' | 'cancelled'
  lines: Line[]
  at: number
  sale: string | null
}

const columns: Columns<Reservation> = ['orderId', 'number', 'state', 'lines', 'at', 'sale']

/** The states of those of these orders that inventory has met. */
export async function statesOf(tx: Client, orderIds: string[]): Promise<Map<string, Reservation['state']>> {
  const rows = await tx.$queryRaw<Pick<Reservation, 'orderId' | 'state'>[]>`
    SELECT "orderId", state FROM "Reservation" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map(({ orderId, state }) => [orderId, state]))
}

/** Writes reservations; an order that has one keeps it. */
export async function insertReservations(tx: Client, reservations: Reservation[]): Promise<void> {
  await tx.$executeRaw`${insert('Reservation', columns, reservations)} ON CONFLICT DO NOTHING`
}

/** The same with tombstones. Returns the orders that had none, and no reservation. */
export async function insertTombstones(tx: Client, reservations: Reservation[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<Pick<Reservation, 'orderId'>[]>`
    ${insert('Reservation', columns, reservations)} ON CONFLICT DO NOTHING RETURNING "orderId"`
  return new Set(rows.map(({ orderId }) => orderId))
}

type Held = Pick<Reservation, 'lines' | 'sale'>
type Released = Pick<Reservation, 'orderId' | 'number'> & Held

/** What is in these reservations and off the shelf. */
export function offTheShelf(reservations: Held[]): Line[] {
  return reservations.flatMap(({ lines, sale }) => (sale === null ? lines : []))
}

/** What is in these reservations and out of what was set aside for sales. */
export function outOfAllotments(reservations: Held[]): Part[] {
  return reservations.flatMap(({ lines, sale }) =>
    sale === null ? [] : lines.map(({ quantity: units }) => ({ sale, units })),
  )
}

/** Turns `reserved` into `released`, once only. Returns those for which it did. */
export async function releaseReserved(tx: Client, orderIds: string[]): Promise<Released[]> {
  const rows = await tx.$queryRaw<(Omit<Released, 'lines'> & { lines: string })[]>`
    UPDATE "Reservation" SET state = 'released'
    WHERE state = 'reserved' AND "orderId" IN (SELECT value FROM ${each(orderIds)})
    RETURNING "orderId", number, lines, sale`
  return rows.map((row) => ({ ...row, lines: JSON.parse(row.lines) }))
}
