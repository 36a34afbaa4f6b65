import { type Columns, each, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Line } from './stock.ts'

/**
 * What inventory knows of an order. `cancelled` is a tombstone: the cancel came before the order, which shall
 * get nothing. `released` gave its lines back.
 */
export type Reservation = {
  orderId: string
  number: string
  state: 'reserved' | 'rejected' | 'released' | 'cancelled'
  lines: Line[]
  at: number
}

const columns: Columns<Reservation> = ['orderId', 'number', 'state', 'lines', 'at']

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

type Released = Pick<Reservation, 'orderId' | 'number' | 'lines'>

/** Turns `reserved` into `released`, once only. Returns those for which it did. */
export async function releaseReserved(tx: Client, orderIds: string[]): Promise<Released[]> {
  const rows = await tx.$queryRaw<(Omit<Released, 'lines'> & { lines: string })[]>`
    UPDATE "Reservation" SET state = 'released'
    WHERE state = 'reserved' AND "orderId" IN (SELECT value FROM ${each(orderIds)})
    RETURNING "orderId", number, lines`
  return rows.map((row) => ({ ...row, lines: JSON.parse(row.lines) }))
}
