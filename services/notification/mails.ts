import { jsonRows } from '../../shared/db.ts'
import type { Client } from './db.ts'
import type { Kind } from './letter.ts'

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

/** The mail with this Message-ID, or null where the server has accepted none that we know of. */
export async function sentMail(read: Client, messageId: string): Promise<SentMail | null> {
  const [mail = null] = await jsonRows<SentMail>(read.$queryRaw`
    SELECT json_group_array(json_object('messageId', messageId, 'orderId', orderId, 'kind', kind,
      'recipient', recipient, 'sentAt', sentAt)) AS json
    FROM "Mail" WHERE messageId = ${messageId}`)
  return mail
}
