import type { Handler } from '../../shared/handler.ts'
import { each, type Part } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { goneAccount, writePreferences } from './preferences.ts'

/**
 * On `customer.deleted`: who it was is forgotten, also by the orders; that mails and SMS went out, and about what, is not. What
 * comes late about this account finds that it is gone, and tells nobody.
 */
export const forgetCustomers: Handler<'customer.deleted', Client> = {
  says: 'customer.forgotten',
  async apply(tx, batch) {
    const accounts = [...new Set(batch.map(({ message }) => message.subject))]
    const emails = [...new Set(batch.map(({ message }) => message.data.email))]
    await writePreferences(tx, accounts.map(goneAccount))
    await forget(tx, each(accounts), each(emails))
  },
}

/** Orders that they placed as guests are theirs, too. */
async function forget(tx: Client, accounts: Part, emails: Part): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Mail" SET recipient = '' WHERE "orderId" IN (SELECT "orderId" FROM "Contact"
      WHERE account IN (SELECT value FROM ${accounts}) OR email IN (SELECT value FROM ${emails}))`
  await tx.$executeRaw`
    UPDATE "Sms" SET name = '', email = '', phone = '', code = NULL
    WHERE subject IN (SELECT value FROM ${accounts}) OR subject IN (SELECT "orderId" FROM "Contact"
      WHERE account IN (SELECT value FROM ${accounts}))`
  await tx.$executeRaw`
    UPDATE "Contact" SET name = '', email = ''
    WHERE account IN (SELECT value FROM ${accounts}) OR email IN (SELECT value FROM ${emails})`
  await tx.$executeRaw`
    UPDATE "CustomerMail" SET recipient = '' WHERE subject IN (SELECT value FROM ${accounts})`
  await tx.$executeRaw`
    UPDATE "Bounce" SET recipient = '', reason = '' WHERE recipient IN (SELECT value FROM ${emails})`
}
