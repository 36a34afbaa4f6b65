import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import type { Kind } from './wording.ts'

/** A mail the server has accepted; `sentAt` in ms. */
export type SentMail = { messageId: string; orderId: string; kind: Kind; recipient: string; sentAt: number }

/** Writes down mails; one that is there already stays as it is. */
export async function insertMails(tx: Client, mails: SentMail[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Mail" (messageId, orderId, kind, recipient, sentAt)
    SELECT value->>'messageId', value->>'orderId', value->>'kind', value->>'recipient', value->>'sentAt'
    FROM jsonb_each(${JSON.stringify(mails)}) WHERE true
    ON CONFLICT DO NOTHING`
}

/** The mails with these Message-IDs, in their order; null where the server has accepted none that we know of. */
export async function sentMails(read: Client, messageIds: string[]): Promise<(SentMail | null)[]> {
  const mails = await jsonRows<SentMail>(read.$queryRaw`
    SELECT json_group_array(json_object('messageId', messageId, 'orderId', orderId, 'kind', kind,
      'recipient', recipient, 'sentAt', sentAt)) AS json
    FROM "Mail" WHERE messageId IN (SELECT value FROM json_each(${JSON.stringify(messageIds)}))`)
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]))
  return messageIds.map((messageId) => byId.get(messageId) ?? null)
}
