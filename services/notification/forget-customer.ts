import { mailboxOf } from '../../shared/email-address.ts'
import type { Handler } from '../../shared/handler.ts'
import { each, type Part } from '../../shared/store/sql.ts'
import { forgetAlertsOf } from './alerts/alerts.ts'
import type { Client } from './db.ts'
import type { DeletedMailboxes } from './deleted-mailboxes.ts'
import { goneAccount, writePreferences } from './preferences.ts'

/**
 * On `customer.deleted`: who it was is forgotten, also by the orders; that mails and SMS went out, and about what, is not. What
 * comes late about this account finds that it is gone, and tells nobody.
 */
export const forgetCustomers = (deleted: DeletedMailboxes): Handler<'customer.deleted', Client> => ({
  says: 'customer.forgotten',
  async apply(tx, batch) {
    const accounts = [...new Set(batch.map(({ message }) => message.subject))]
    const emails = [...new Set(batch.map(({ message }) => message.data.email))].filter((email) => email !== '')
    await writePreferences(tx, accounts.map(goneAccount))
    await deleted.note(tx, emails)
    const orders = [...(await placedBy(tx, accounts)), ...(await placedFrom(tx, emails))]
    await forget(tx, each(accounts), each(orders), each(emails))
    await forgetAlertsOf(tx, emails.map(mailboxOf))
  },
})

async function placedBy(tx: Client, accounts: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ orderId: string }[]>`
    SELECT "orderId" FROM "Contact" WHERE account IN (SELECT value FROM ${each(accounts)})`
  return rows.map(({ orderId }) => orderId)
}

/** Orders that they placed as guests are theirs, too, however they have spelled their address there. */
async function placedFrom(tx: Client, emails: string[]): Promise<string[]> {
  if (emails.length === 0) return []
  const mailboxes = new Set(emails.map(mailboxOf))
  const domains = [...new Set(emails.map((email) => email.slice(email.lastIndexOf('@'))))]
  const rows = await tx.$queryRaw<{ orderId: string; email: string }[]>`
    SELECT "orderId", email FROM "Contact"
    WHERE account IS NULL AND EXISTS (
      SELECT 1 FROM ${each(domains)} WHERE substr(email, length(email) - length(value) + 1) = value)`
  return rows.filter(({ email }) => mailboxes.has(mailboxOf(email))).map(({ orderId }) => orderId)
}

async function forget(tx: Client, accounts: Part, orders: Part, emails: Part): Promise<void> {
  await tx.$executeRaw`UPDATE "Mail" SET recipient = '' WHERE "orderId" IN (SELECT value FROM ${orders})`
  await tx.$executeRaw`
    UPDATE "Sms" SET name = '', email = '', phone = '', code = NULL
    WHERE subject IN (SELECT value FROM ${accounts}) OR subject IN (SELECT value FROM ${orders})`
  await tx.$executeRaw`UPDATE "Contact" SET name = '', email = '' WHERE "orderId" IN (SELECT value FROM ${orders})`
  // That somebody has signed up with their address once more names the sign-up, and not the account.
  await tx.$executeRaw`
    UPDATE "CustomerMail" SET recipient = ''
    WHERE recipient IN (SELECT value FROM ${emails}) OR subject IN (SELECT value FROM ${accounts})
      OR subject IN (SELECT value FROM ${orders})`
  await tx.$executeRaw`
    UPDATE "Bounce" SET recipient = '', reason = ''
    WHERE recipient IN (SELECT value FROM ${emails}) OR subject IN (SELECT value FROM ${accounts})
      OR subject IN (SELECT value FROM ${orders})`
}
