import type { Service } from '../../shared/routes.ts'
import { type Columns, insert, type Sql } from '../../shared/store/sql.ts'

/** Up to which event (`seq`) of a sender a subscription has been told. */
export type Reached = { subscription: string; sender: Service; seq: number }

/** Where the events of a sender end: at this `seq`. */
export type End = Pick<Reached, 'sender' | 'seq'>

const columns: Columns<Reached> = ['subscription', 'sender', 'seq']

/** Where subscriptions are in the events of a sender; those that have not begun are not there. */
export async function placesIn(sql: Sql, sender: Service): Promise<Map<string, number>> {
  const rows = await sql.$queryRaw<Reached[]>`SELECT subscription, seq FROM "Place" WHERE sender = ${sender}`
  return new Map(rows.map(({ subscription, seq }) => [subscription, seq]))
}

/** Moves subscriptions on. */
export async function moveTo(tx: Sql, places: Reached[]): Promise<void> {
  await tx.$executeRaw`
    ${insert('Place', columns, places)} ON CONFLICT (subscription, sender) DO UPDATE SET seq = excluded.seq`
}
