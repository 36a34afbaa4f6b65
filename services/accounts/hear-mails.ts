import { mailboxOf } from '../../shared/email-address.ts'
import type { Handler } from '../../shared/handler.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** The mails of a registration: to who is new, and to who has an account. One may go out instead of its SMS before. */
const FIRST_MAILS = ['welcome', 'known']

/** On `mail.sent`: whoever watches a registration sees that its mail is out. */
export const noteMails: Handler<'mail.sent', Client> = {
  says: 'mail.noted',
  async apply(tx, batch) {
    const first = batch.filter(({ message }) => FIRST_MAILS.includes(message.data.kind))
    const subjects = first.map(({ message }) => message.subject)
    await tx.$executeRaw`
      UPDATE "Registration" SET "mailAt" = ${Date.now()}
      WHERE id IN (SELECT value FROM ${each(subjects)}) AND "mailAt" IS NULL`
  },
}

/** On `mail.bounced`: customers see on the page of their account that mails do not reach them. */
export const noteBounces: Handler<'mail.bounced', Client> = {
  says: 'bounce.noted',
  async apply(tx, batch) {
    const mailboxes = batch.map(({ message }) => mailboxOf(message.data.email))
    await tx.$executeRaw`
      UPDATE "Account" SET "bouncedAt" = ${Date.now()} WHERE mailbox IN (SELECT value FROM ${each(mailboxes)})`
  },
}
