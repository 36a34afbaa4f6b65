import { type Columns, each, names, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Dispute, Refund } from './gateway.ts'

type OfOrder<T> = T & { orderId: string }

const refund: Columns<OfOrder<Refund>> = ['id', 'orderId', 'cents', 'status', 'asked', 'reason']
const dispute: Columns<OfOrder<Dispute>> = ['id', 'orderId', 'cents', 'reason', 'status']

/** The refunds of these orders, oldest first. */
export async function refundsOf(tx: Client, orderIds: string[]): Promise<Map<string, Refund[]>> {
  const rows = await tx.$queryRaw<OfOrder<Refund>[]>`
    SELECT ${names(refund)} FROM "Refund" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)}) ORDER BY at, id`
  return byOrder(rows)
}

export async function disputesOf(tx: Client, orderIds: string[]): Promise<Map<string, Dispute[]>> {
  const rows = await tx.$queryRaw<OfOrder<Dispute>[]>`
    SELECT ${names(dispute)} FROM "Dispute" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)}) ORDER BY at, id`
  return byOrder(rows)
}

/** Writes refunds, or where those stand that are known. */
export async function saveRefunds(tx: Client, refunds: OfOrder<Refund>[]): Promise<void> {
  if (refunds.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Refund" (${names(refund)}, at)
    SELECT ${names(refund)}, CAST(${Date.now()} AS BIGINT) FROM ${records('Refund', refund, refunds)} AS new WHERE true
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, reason = excluded.reason`
}

export async function saveDisputes(tx: Client, disputes: OfOrder<Dispute>[]): Promise<void> {
  if (disputes.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Dispute" (${names(dispute)}, at)
    SELECT ${names(dispute)}, CAST(${Date.now()} AS BIGINT) FROM ${records('Dispute', dispute, disputes)} AS new WHERE true
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, cents = excluded.cents`
}

function byOrder<T>(rows: OfOrder<T>[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) found.set(row.orderId, [...(found.get(row.orderId) ?? []), row])
  return found
}
