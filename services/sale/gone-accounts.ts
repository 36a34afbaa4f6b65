import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** Notes that there is no such account any more: a session of it may be good for a while yet. `at` in ms. */
export async function noteGone(tx: Client, account: string, at: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DeletedAccount" (id, at) VALUES (${account}, CAST(${at} AS BIGINT)) ON CONFLICT DO NOTHING`
}

/** The same wishes, with those of accounts that are no more as of guests: what they type is not for an account to forget. */
export async function asGuests<Wish extends { account: string | null }>(tx: Client, wishes: Wish[]): Promise<Wish[]> {
  const accounts = wishes.flatMap(({ account }) => account ?? [])
  if (accounts.length === 0) return wishes
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "DeletedAccount" WHERE id IN (SELECT value FROM ${each(accounts)})`
  const gone = new Set(rows.map(({ id }) => id))
  return wishes.map((wish) => (gone.has(wish.account ?? '') ? { ...wish, account: null } : wish))
}
