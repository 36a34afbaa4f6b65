import { mailboxOf } from '../../shared/email-address.ts'
import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** Someone who has shown that an address is theirs. */
export type Claim = { account: string; email: string }

/** The account that an order belongs to; null where that is nobody, or there is no such order. */
export async function ownerOf(read: Client, orderId: string): Promise<string | null> {
  const [order] = await read.$queryRaw<{ account: string | null }[]>`
    SELECT account FROM "Order" WHERE id = ${orderId}`
  return order?.account ?? null
}

/** The same of many; those that do not exist are not among them. */
export async function ownersOf(read: Client, orderIds: string[]): Promise<Map<string, string | null>> {
  const rows = await read.$queryRaw<{ id: string; account: string | null }[]>`
    SELECT id, account FROM "Order" WHERE id IN (SELECT value FROM ${each(orderIds)})`
  return new Map(rows.map(({ id, account }) => [id, account]))
}

/**
 * Gives the orders that guests have placed with these addresses to who owns those; what belongs to someone already stays
 * with them. Returns how many each account was given.
 */
export async function claimOrders(tx: Client, claims: Claim[]): Promise<Map<string, number>> {
  const accounts = new Map(claims.map(({ account, email }) => [mailboxOf(email), account]))
  const wanted = [...accounts].map(([mailbox, account]) => ({ mailbox, account }))
  const claimed = await tx.$queryRaw<{ account: string }[]>`
    UPDATE "Order" SET account = claim.account
    FROM ${records('Order', claimColumns, wanted)} AS claim
    WHERE "Order".mailbox = claim.mailbox AND "Order".account IS NULL
    RETURNING "Order".account AS account`
  const counts = new Map<string, number>()
  for (const { account } of claimed) counts.set(account, (counts.get(account) ?? 0) + 1)
  return counts
}

const claimColumns: Columns<{ mailbox: string; account: string }> = ['mailbox', 'account']

/** Forgets who placed the orders of these accounts. The orders, their money and the accounts' ids stay. */
export async function eraseCustomers(tx: Client, accounts: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Order" SET "customerName" = '', "customerEmail" = '', "customerPhone" = NULL, mailbox = ''
    WHERE account IN (SELECT value FROM ${each(accounts)})`
}

/** Notes that there are no such accounts any more, for what is told of them late. `at` in ms. */
export async function noteDeleted(tx: Client, accounts: string[], at: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DeletedAccount" (id, at) SELECT value, CAST(${at} AS BIGINT) FROM ${each(accounts)} WHERE true
    ON CONFLICT DO NOTHING`
}

/** Those of these accounts that are no more. */
export async function deletedAmong(tx: Client, accounts: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "DeletedAccount" WHERE id IN (SELECT value FROM ${each(accounts)})`
  return rows.map(({ id }) => id)
}
