import { mailboxOf } from '../../shared/email-address.ts'
import { HITS_MAX, type Hit } from '../../shared/web/ops-find.ts'
import type { Client } from './db.ts'
import { numberOf, seqOf } from './order.ts'

type Row = { seq: number; id: string; state: string; placedAt: number }

/** Orders by number, by id, by the account they belong to, or by the address that a guest has ordered with. */
export function findOrders(read: Client): (text: string) => Promise<Hit[]> {
  return async (text) => {
    const seq = seqOf(text.toUpperCase())
    if (seq !== undefined) return hitsOf(await bySeq(read, seq))
    if (text.includes('@')) return hitsOf(await byMailbox(read, mailboxOf(text)))
    return hitsOf([...(await byId(read, text)), ...(await byAccount(read, text))])
  }
}

const bySeq = (read: Client, seq: number) =>
  read.$queryRaw<Row[]>`SELECT seq, id, state, "placedAt" FROM "Order" WHERE seq = ${seq}`

const byId = (read: Client, id: string) =>
  read.$queryRaw<Row[]>`SELECT seq, id, state, "placedAt" FROM "Order" WHERE id = ${id}`

/** Those of who has an account are found by that: there is an index of addresses for guests alone. */
const byMailbox = (read: Client, mailbox: string) =>
  read.$queryRaw<Row[]>`
    SELECT seq, id, state, "placedAt" FROM "Order" WHERE mailbox = ${mailbox} AND account IS NULL
    ORDER BY seq DESC LIMIT ${HITS_MAX}`

const byAccount = (read: Client, account: string) =>
  read.$queryRaw<Row[]>`
    SELECT seq, id, state, "placedAt" FROM "Order" WHERE account = ${account} AND account IS NOT NULL
    ORDER BY seq DESC LIMIT ${HITS_MAX}`

function hitsOf(rows: Row[]): Hit[] {
  return rows.map(({ seq, id, state, placedAt: at }) => ({
    kind: 'order',
    id,
    title: numberOf(seq),
    state,
    at,
    of: id,
  }))
}
