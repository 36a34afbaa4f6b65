import type { Language } from '../../shared/customer-events.ts'
import type { Message, PricedLine } from '../../shared/events.ts'
import { shown } from '../../shared/shown-text.ts'
import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { DeletedMailboxes } from './deleted-mailboxes.ts'
import { areGone } from './gone.ts'
import { wordsIn } from './words/words.ts'

/** Whom the mails of an order go to, and what they say of it. Only `order.placed` carries this. */
export type Contact = {
  orderId: string
  number: string
  name: string
  email: string
  lines: PricedLine[]
  totalCents: number
  currency: string
  language: Language
  /** Whose order it is; null where that is a guest's. */
  account: string | null
  /** The sale in which it was its customer’s turn; null where it was placed in the shop. */
  sale: string | null
}

const columns: Columns<Contact> = [
  ...(['orderId', 'number', 'name', 'email', 'lines', 'totalCents', 'currency'] as const),
  ...(['language', 'account', 'sale'] as const),
]

/** What an order tells of its customer. */
export function contactIn({ subject: orderId, data }: Message<'order.placed'>): Contact {
  const { number, customer, lines, totalCents, currency, language = 'en', account = null, sale = null } = data
  return {
    orderId,
    number,
    name: shownName(customer.name, language),
    email: customer.email,
    lines,
    totalCents,
    currency,
    language,
    account,
    sale,
  }
}

const NAME_MAX = 80 // characters; whoever needs more is writing a text of their own into our mail

/** A name as it stands in a mail: on one line, and not too long. */
export function shownName(name: string, language: Language): string {
  return shown(name, NAME_MAX) || wordsIn(language).somebody
}

/** A contact, and when its order was placed (ms). */
export type Introduction = Contact & { placedAt: number }

/**
 * Writes contacts, of nobody where the account was deleted, or one with the mailbox of this guest has been since; an order that
 * has one keeps it. Returns them so. Whether the account is gone is asked here: were it asked before, it might be deleted in
 * between, and nobody would forget this order any more.
 */
export async function keepContacts(
  tx: Client,
  introduced: Introduction[],
  deleted: DeletedMailboxes,
): Promise<Contact[]> {
  const gone = await areGone(
    tx,
    introduced.map(({ account, orderId }) => account ?? orderId),
  )
  const late = await deleted.areOfThem(tx, introduced)
  const kept = introduced.map((contact, i) => (gone[i] || late[i] ? { ...contact, name: '', email: '' } : contact))
  await tx.$executeRaw`${insert('Contact', columns, kept)} ON CONFLICT DO NOTHING`
  return kept
}

/** The contacts of these orders, in their order; null while an order's `order.placed` has not come here. */
export async function contactsOf(read: Client, orderIds: string[]): Promise<(Contact | null)[]> {
  const rows = await read.$queryRaw<(Omit<Contact, 'lines'> & { lines: string })[]>`
    SELECT ${names(columns)} FROM "Contact" WHERE "orderId" IN (SELECT value FROM ${each(orderIds)})`
  const byOrder = new Map(rows.map((row): [string, Contact] => [row.orderId, { ...row, lines: JSON.parse(row.lines) }]))
  return orderIds.map((orderId) => byOrder.get(orderId) ?? null)
}
