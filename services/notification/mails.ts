import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Kind } from './wording.ts'

/** A mail the server has accepted; `sentAt` in ms. */
export type SentMail = { messageId: string; orderId: string; kind: Kind; recipient: string; sentAt: number }

const columns: Columns<SentMail> = ['messageId', 'orderId', 'kind', 'recipient', 'sentAt']

/** Writes down mails; one that is there already stays as it is. */
export async function insertMails(tx: Client, mails: SentMail[]): Promise<void> {
  await tx.$executeRaw`${insert('Mail', columns, mails)} ON CONFLICT DO NOTHING`
}

/** The mails with these Message-IDs, in their order; null where the server has accepted none that we know of. */
export async function sentMails(read: Client, messageIds: string[]): Promise<(SentMail | null)[]> {
  const mails = await read.$queryRaw<SentMail[]>`
    SELECT ${names(columns)} FROM "Mail" WHERE "messageId" IN (SELECT value FROM ${each(messageIds)})`
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]))
  return messageIds.map((messageId) => byId.get(messageId) ?? null)
}
