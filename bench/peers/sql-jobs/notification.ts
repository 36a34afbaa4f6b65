import type { Contact } from '../../../services/notification/contacts.ts'
import type { Mailer } from '../../../services/notification/mailer.ts'
import { recordOf } from '../../../services/notification/mails.ts'
import type { OrderNames } from '../../../services/notification/order-names.ts'
import type { Job } from '../jobs/job.ts'
import { asContact, contactFrom, mailFor, SEND_LIMIT_MS } from '../jobs/notification.ts'
import { only, type Query, rowsOf, type SqlJobs } from './sql-job.ts'

type Deps = { mailer: Mailer; names: OrderNames }
type Told = [job: Job<'order.placed' | 'payment.captured'>, contact: Contact]

/** Notification's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function notificationJobs(deps: Deps): SqlJobs {
  return {
    doJobs: async (query, jobs) => {
      const told = [...(await introduce(query, jobs)), ...(await recall(query, jobs))]
      const mails = told.map(([job, contact]) => mailFor(job, contact, deps.names))
      await Promise.all(mails.map((mail) => deps.mailer.send(mail, AbortSignal.timeout(SEND_LIMIT_MS))))
      await query(KEEP_MAILS, [JSON.stringify(mails.map(recordOf))])
      return []
    },
    close: () => deps.mailer.close(),
  }
}

/** Keeps whom the mails about new orders go to. */
async function introduce(query: Query, jobs: Job[]): Promise<Told[]> {
  const told = only(jobs, 'order.placed').map((job): Told => [job, contactFrom(job)])
  const rows = told.map(([, contact]) => ({ ...contact, lines: JSON.stringify(contact.lines) }))
  if (rows.length > 0) await query(KEEP_CONTACTS, [JSON.stringify(rows)])
  return told
}

/** Those whom the mails about earlier orders go to. */
async function recall(query: Query, jobs: Job[]): Promise<Told[]> {
  const paid = only(jobs, 'payment.captured')
  if (paid.length === 0) return []
  const { rows } = await query(READ_CONTACTS, [paid.map(({ subject }) => subject)])
  const contacts = new Map((rows as Parameters<typeof asContact>[0][]).map((row) => [row.orderId, asContact(row)]))
  return paid.map((job) => [job, contacts.get(job.subject) ?? tooEarly(job.subject)])
}

/** It is tried again, like every job that fails. */
function tooEarly(orderId: string): never {
  throw new Error(`nobody has told of order ${orderId} yet`)
}

const CONTACT = `"orderId", number, name, email, lines, "totalCents", currency, language, account, sale`
const KEEP_CONTACTS = `
  INSERT INTO notification."Contact" (${CONTACT}) SELECT ${CONTACT} FROM ${rowsOf('notification."Contact"')}`
const READ_CONTACTS = `SELECT ${CONTACT} FROM notification."Contact" WHERE "orderId" = ANY ($1)`
const MAIL = `"messageId", "orderId", kind, recipient, "sentAt"`
const KEEP_MAILS = `INSERT INTO notification."Mail" (${MAIL}) SELECT ${MAIL} FROM ${rowsOf('notification."Mail"')}`
