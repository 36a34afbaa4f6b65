import { mailboxOf } from '../../shared/email-address.ts'
import type { Hit } from '../../shared/web/ops-find.ts'
import type { Client } from './db.ts'

/** An account by its address or its id. Its address is not told: who looks for it knows it, and nobody else has to. */
export function findAccounts(read: Client): (text: string) => Promise<Hit[]> {
  return async (text) => {
    const where = text.includes('@') ? { mailbox: mailboxOf(text) } : { id: text }
    const account = await read.account.findUnique({ where })
    if (account === null) return []
    const { id, createdAt, verifiedAt, deletedAt } = account
    const state = deletedAt !== null ? 'deleted' : verifiedAt === null ? 'unverified' : 'verified'
    return [{ kind: 'account', id, title: id, state, at: Number(createdAt), of: null }]
  }
}
