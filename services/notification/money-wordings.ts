import type { Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import { formatMoney } from './money.ts'
import { formatTime } from './times.ts'
import type { OrderKind, Wording } from './wording.ts'
import { wordsIn } from './words/words.ts'

type OrderWording = Wording<OrderKind>

/**
 * On `payment.captured`: the order is paid, and this is the receipt. What is of a sale may be of a group, which is not packed
 * before it has come together.
 */
export function paid(contact: Contact, { data }: Message<'payment.captured'>): OrderWording {
  const said = wordsIn(contact.language).paid
  return {
    kind: 'paid',
    tone: 'good',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs: contact.sale === null ? said.paragraphs : said.inSale,
    lines: contact.lines,
    amount: { label: said.total, cents: data.totalCents, currency: data.currency },
  }
}

/** On `payment.declined`: the money did not come, and another card may be tried while there is time. */
export function declined(contact: Contact, { at, data }: Message<'payment.declined'>): OrderWording {
  const { reason, tender = 1, payBy = null } = data
  const { declined: said, reasons } = wordsIn(contact.language)
  const isInTime = payBy !== null && at < payBy
  return {
    kind: 'declined',
    ...(tender > 1 && { which: String(tender) }),
    tone: 'bad',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs: [reasons[reason], ...(isInTime ? said.held(formatTime(payBy, contact.language)) : said.released)],
    lines: [],
    amount: null,
    ...(isInTime && { invitation: said.another }),
  }
}

/** On `payment.refunded`: the money, or some of it, is on its way back. */
export function refunded(contact: Contact, { data }: Message<'payment.refunded'>): OrderWording {
  const { totalCents: cents, currency, leftCents, refundId } = data
  const { language, number, totalCents } = contact
  const said = wordsIn(language).refunded
  const isPart = leftCents !== undefined && leftCents > 0
  const shown = (some: number, of: string) => formatMoney(some, of, language)
  return {
    kind: 'refunded',
    ...(leftCents !== undefined && { which: refundId }), // versions before gave all back at once, under one name
    tone: 'good',
    subject: isPart ? said.part(number) : said.subject(number),
    headline: said.headline,
    paragraphs: [isPart ? said.of(shown(cents, currency), shown(totalCents, contact.currency)) : said.all, said.days],
    lines: [],
    amount: { label: said.label, cents, currency },
  }
}
