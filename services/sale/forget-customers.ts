import { mailboxOf } from '../../shared/email-address.ts'
import type { Handler } from '../../shared/handler.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { noteGone } from './gone-accounts.ts'

/**
 * On `customer.deleted`: who it was is forgotten, also where they have joined as guests with their proved address. Their places
 * stay, or nobody could recompute the line. Who still waits is let in as that account, of which order knows that it is gone:
 * nobody is written to, and the unit goes on to the next when it is not paid.
 */
export const forgetCustomers: Handler<'customer.deleted', Client> = {
  says: 'customer.forgotten',
  async apply(tx, batch) {
    for (const { message } of batch) await forget(tx, message.subject, message.data.email)
  },
}

/** An entry's id is nobody's mailbox, and there is one of each in a sale. */
async function forget(tx: Client, account: string, email: string): Promise<void> {
  await noteGone(tx, account, Date.now())
  const mailboxes = email === '' ? [] : [mailboxOf(email)]
  await tx.$executeRaw`
    UPDATE "Entry" SET account = ${account}, name = '', email = '', mailbox = id
    WHERE account = ${account} OR (account IS NULL AND sale IN (SELECT id FROM "Sale")
      AND mailbox IN (SELECT value FROM ${each(mailboxes)}))`
}
