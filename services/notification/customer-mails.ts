import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Mail } from './compose-mail.ts'
import type { Client } from './db.ts'
import { withoutGone } from './gone.ts'
import type { CustomerKind } from './wording.ts'

/** A mail about an account that the server has accepted; `subject` is the account or the registration, `sentAt` in ms. */
export type SentCustomerMail = {
  messageId: string
  subject: string
  kind: CustomerKind
  recipient: string
  sentAt: number
}

const columns: Columns<SentCustomerMail> = ['messageId', 'subject', 'kind', 'recipient', 'sentAt']

/** What is put down of a mail that was sent. */
export function customerRecordOf({ messageId, about: subject, kind, to }: Mail<CustomerKind>): SentCustomerMail {
  return { messageId, subject, kind, recipient: to.email, sentAt: Date.now() }
}

/** Writes down mails, without their recipient where that is gone by now; one that is there already stays as it is. */
export async function insertCustomerMails(tx: Client, mails: SentCustomerMail[]): Promise<void> {
  if (mails.length === 0) return
  const rows = await withoutGone(tx, mails, ({ subject }) => subject, { recipient: '' })
  await tx.$executeRaw`${insert('CustomerMail', columns, rows)} ON CONFLICT DO NOTHING`
}

/** The mails with these Message-IDs, in their order; null where the server has accepted none that we know of. */
export async function sentCustomerMails(read: Client, messageIds: string[]): Promise<(SentCustomerMail | null)[]> {
  const mails = await read.$queryRaw<SentCustomerMail[]>`
    SELECT ${names(columns)} FROM "CustomerMail" WHERE "messageId" IN (SELECT value FROM ${each(messageIds)})`
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]))
  return messageIds.map((messageId) => byId.get(messageId) ?? null)
}
