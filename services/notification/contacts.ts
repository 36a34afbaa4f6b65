import type { Message, PricedLine } from '../../shared/events.ts'
import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'

/** Whom the mails of an order go to, and what they say of it. Only `order.placed` carries this. */
export type Contact = {
  orderId: string
  number: string
  name: string
  email: string
  lines: PricedLine[]
  totalCents: number
  currency: string
}

/** What an order tells of its customer. */
export function contactIn({ orderId, data }: Message<'order.placed'>): Contact {
  const { number, customer, lines, totalCents, currency } = data
  return {
    orderId,
    number,
    name: shownName(customer.name),
    email: customer.email,
    lines,
    totalCents,
    currency,
  }
}

const NAME_MAX = 80 // characters; whoever needs more is writing a text of their own into our mail
// Line breaks and other controls could fake our own text, and so could marks that turn the writing direction.
const UNSHOWN = /[\s\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu

function shownName(name: string): string {
  const shown = name.replace(UNSHOWN, ' ').trim()
  return [...shown].slice(0, NAME_MAX).join('') || 'customer'
}

/** Writes contacts; an order that has one keeps it. Returns them as they came. */
export async function keepContacts(tx: Client, contacts: Contact[]): Promise<Contact[]> {
  await tx.$executeRaw`
    INSERT INTO "Contact" (orderId, number, name, email, lines, totalCents, currency)
    SELECT value->>'orderId', value->>'number', value->>'name', value->>'email', value->>'lines',
           value->>'totalCents', value->>'currency'
    FROM jsonb_each(${JSON.stringify(contacts)}) WHERE true
    ON CONFLICT DO NOTHING`
  return contacts
}

/** The contacts of these orders, in their order; null while an order's `order.placed` has not come here. */
export async function contactsOf(read: Client, orderIds: string[]): Promise<(Contact | null)[]> {
  const contacts = await jsonRows<Contact>(read.$queryRaw`
    SELECT json_group_array(json_object('orderId', orderId, 'number', number, 'name', name, 'email', email,
      'lines', json(lines), 'totalCents', totalCents, 'currency', currency)) AS json
    FROM "Contact" WHERE orderId IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`)
  const byOrder = new Map(contacts.map((contact) => [contact.orderId, contact]))
  return orderIds.map((orderId) => byOrder.get(orderId) ?? null)
}
