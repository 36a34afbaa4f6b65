import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Mail } from './compose-mail.ts'
import type { Client } from './db.ts'
import { withoutGone } from './gone.ts'
import type { OrderKind } from './wording.ts'

/** A mail about an order that the server has accepted; `sentAt` in ms. */
export type SentMail = { messageId: string; orderId: string; kind: OrderKind; recipient: string; sentAt: number }

/** A mail about an order that is not sent: its customer wants none, or is gone. */
export type UnsentMail = Pick<SentMail, 'messageId' | 'orderId' | 'kind'> & { at: number }

const columns: Columns<SentMail> = ['messageId', 'orderId', 'kind', 'recipient', 'sentAt']
const unsent: Columns<UnsentMail> = ['messageId', 'orderId', 'kind', 'at']

/** What is put down of a mail that was sent. */
export function recordOf({ messageId, about: orderId, kind, to }: Mail<OrderKind>): SentMail {
  return { messageId, orderId, kind, recipient: to.email, sentAt: Date.now() }
}

/** Writes down mails, without their recipient where that is gone by now; one that is there already stays as it is. */
export async function insertMails(tx: Client, mails: SentMail[]): Promise<void> {
  if (mails.length === 0) return
  const rows = await withoutGone(tx, mails, ({ orderId }) => orderId, { recipient: '' })
  await tx.$executeRaw`${insert('Mail', columns, rows)} ON CONFLICT DO NOTHING`
}

/** Writes down what was not sent. */
export async function insertUnsent(tx: Client, mails: UnsentMail[]): Promise<void> {
  if (mails.length > 0) await tx.$executeRaw`${insert('Unsent', unsent, mails)} ON CONFLICT DO NOTHING`
}

/** The mails with these Message-IDs, in their order; null where the server has accepted none that we know of. */
export async function sentMails(read: Client, messageIds: string[]): Promise<(SentMail | null)[]> {
  const mails = await read.$queryRaw<SentMail[]>`
    SELECT ${names(columns)} FROM "Mail" WHERE "messageId" IN (SELECT value FROM ${each(messageIds)})`
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]))
  return messageIds.map((messageId) => byId.get(messageId) ?? null)
}
