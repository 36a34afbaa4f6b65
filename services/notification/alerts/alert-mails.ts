import { type Columns, each, insert, names } from '../../../shared/store/sql.ts'
import type { Mail } from '../compose-mail.ts'
import type { Client } from '../db.ts'
import { withoutGone } from '../gone.ts'
import type { AlertMailKind } from '../wording.ts'

/** A mail about an alert that the server has accepted: to confirm it, or what it waited for. `sentAt` in ms. */
export type SentAlertMail = { messageId: string; alert: string; kind: AlertMailKind; recipient: string; sentAt: number }

const columns: Columns<SentAlertMail> = ['messageId', 'alert', 'kind', 'recipient', 'sentAt']

/** What is put down of a mail that was sent. */
export function alertRecordOf({ messageId, about: alert, kind, to }: Mail<AlertMailKind>): SentAlertMail {
  return { messageId, alert, kind, recipient: to.email, sentAt: Date.now() }
}

/**
 * Writes down mails, without their recipient where that is gone by now; one that is there already stays as it is. An alert that
 * was stopped while its mail went out was told, after all.
 */
export async function insertAlertMails(tx: Client, mails: SentAlertMail[]): Promise<void> {
  if (mails.length === 0) return
  const rows = await withoutGone(tx, mails, ({ alert }) => alert, { recipient: '' })
  await tx.$executeRaw`${insert('AlertMail', columns, rows)} ON CONFLICT DO NOTHING`
  const told = mails.filter(({ kind }) => kind !== 'alert').map(({ alert }) => alert, { recipient: '' })
  await tx.$executeRaw`
    UPDATE "Alert" SET state = 'told' WHERE id IN (SELECT value FROM ${each(told)}) AND state = 'stopped'`
}

/** The mails with these Message-IDs, in their order; null where the server has accepted none that we know of. */
export async function sentAlertMails(read: Client, messageIds: string[]): Promise<(SentAlertMail | null)[]> {
  const mails = await read.$queryRaw<SentAlertMail[]>`
    SELECT ${names(columns)} FROM "AlertMail" WHERE "messageId" IN (SELECT value FROM ${each(messageIds)})`
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]))
  return messageIds.map((messageId) => byId.get(messageId) ?? null)
}
