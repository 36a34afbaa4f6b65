import { jsonRows } from '../../shared/store/database.ts'
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

/** The states of those of these orders that inventory has met. */
export async function statesOf(tx: Client, orderIds: string[]): Promise<Map<string, Reservation['state']>> {
  const rows = await jsonRows<[string, Reservation['state']]>(tx.$queryRaw`
    SELECT json_group_array(json_array(orderId, state)) AS json
    FROM "Reservation" WHERE orderId IN (SELECT value FROM jsonb_each(${JSON.stringify(orderIds)}))`)
  return new Map(rows)
}

/** Writes reservations; an order that has one keeps it. */
export async function insertReservations(tx: Client, reservations: Reservation[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Reservation" (orderId, number, state, lines, at)
    SELECT value->>'orderId', value->>'number', value->>'state', value->>'lines', value->>'at'
    FROM jsonb_each(${JSON.stringify(reservations)}) WHERE true
    ON CONFLICT DO NOTHING`
}
