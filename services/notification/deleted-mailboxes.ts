import { createHmac } from 'node:crypto'
import { mailboxOf } from '../../shared/email-address.ts'
import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, each, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** Mailboxes whose accounts were deleted, by a digest: nobody without our secret can tell which they are. */
export type DeletedMailboxes = {
  /** Notes that what guests have ordered with these addresses until now is to be forgotten, also what is heard of later. */
  note(tx: Client, emails: string[]): Promise<void>
  /** Whether each of these orders, in their order, is such a one. */
  areOfThem(tx: Client, orders: Ordered[]): Promise<boolean[]>
}

type Ordered = { account: string | null; email: string; placedAt: number }

type Row = { digest: string; at: number }
const columns: Columns<Row> = ['digest', 'at']

export function createDeletedMailboxes(secret: string): DeletedMailboxes {
  const digestOf = (email: string) =>
    createHmac('sha256', secret)
      .update(`deleted ${mailboxOf(email)}`)
      .digest('base64url')
  return {
    note: async (tx, emails) => {
      const at = Date.now() // and not when it was deleted: what is known of by then is forgotten, too, as by order
      const rows = [...new Set(emails.map(digestOf))].map((digest): Row => ({ digest, at }))
      await tx.$executeRaw`
        ${insert('DeletedMailbox', columns, rows)} ON CONFLICT (digest) DO UPDATE SET at = excluded.at`
    },
    areOfThem: async (tx, orders) => {
      const [any] = await tx.$queryRaw<Row[]>`SELECT digest, at FROM "DeletedMailbox" LIMIT 1`
      if (any === undefined) return orders.map(() => false) // no digest is made for nothing
      const digests = orders.map(({ account, email }) => (account === null ? digestOf(email) : ''))
      const rows = await tx.$queryRaw<Row[]>`
        SELECT digest, at FROM "DeletedMailbox" WHERE digest IN (SELECT value FROM ${each(digests)})`
      const deletedAt = new Map(rows.map(({ digest, at }) => [digest, Number(at)]))
      return orders.map(({ placedAt }, i) => placedAt <= (deletedAt.get(digests[i] ?? '') ?? 0))
    },
  }
}

const KEPT_MS = 30 * 24 * 3_600_000 // longer than an order is on its way to us

/** Deletes what is so old that no order of before is heard of any more. */
export const pruneDeletedMailboxes: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "DeletedMailbox"
  WHERE digest IN (SELECT digest FROM "DeletedMailbox" WHERE at < ${now - KEPT_MS} ORDER BY at LIMIT ${limit})`
