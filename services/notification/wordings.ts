import type { EventData, Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import { formatTime } from './times.ts'
import type { Amount, OrderKind, Wording } from './wording.ts'
import { wordsIn } from './words/words.ts'

type OrderWording = Wording<OrderKind>

/** On `order.placed`: we have the order, and wait for the money where no card came with it; in a sale that is one's turn. */
export function received(contact: Contact, { data }: { data: ToPay }): OrderWording {
  const { paymentMethod, payBy } = data
  const isToPay = payBy !== null && (paymentMethod === null || paymentMethod === 'hosted')
  const words = wordsIn(contact.language)
  const said = contact.sale === null ? words.received : words.turn
  return {
    kind: 'received',
    tone: 'calm',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs: [
      ...said.paragraphs,
      ...(isToPay ? [said.heldUntil(formatTime(payBy, contact.language))] : []),
      said.hearAgain,
    ],
    lines: contact.lines,
    amount: totalOf(contact),
    ...(isToPay && { invitation: said.payNow }),
  }
}

type ToPay = Pick<EventData<'order.placed'>, 'paymentMethod' | 'payBy'>

/** On `stock.rejected`: we do not have what was ordered. */
export function rejected(contact: Contact, { data }: Message<'stock.rejected'>): OrderWording {
  const said = wordsIn(contact.language).rejected
  const names = new Map(contact.lines.map(({ sku, name }) => [sku, name]))
  const missing = data.missing.map(({ sku, wanted, available }) => said.line(names.get(sku) ?? sku, wanted, available))
  return {
    kind: 'rejected',
    tone: 'bad',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs: [...said.paragraphs, ...missing, said.notCharged],
    lines: [],
    amount: null,
  }
}

/** On `order.expired`: nobody has paid in time. */
export function expired(contact: Contact): OrderWording {
  const said = wordsIn(contact.language).expired
  const paragraphs = contact.sale === null ? said.paragraphs : said.inSale
  return {
    kind: 'expired',
    tone: 'bad',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs,
    lines: contact.lines,
    amount: null,
  }
}

/** On `order.cancelled`: the customer has called the order off, or its group did not come together. */
export function cancelled(contact: Contact, { data }: Message<'order.cancelled'>): OrderWording {
  const said = wordsIn(contact.language).cancelled
  return {
    kind: 'cancelled',
    tone: 'calm',
    subject: said.subject(contact.number),
    headline: said.headline,
    paragraphs: [...(data.because === undefined ? said.paragraphs : said.groupFailed), moneyBack(data.wasPaid, said)],
    lines: contact.lines,
    amount: totalOf(contact),
  }
}

type MoneyBack = { wasPaid: string; wasNotPaid: string; mayHavePaid: string }

/** A charge that was under way when the order was cancelled is refunded, too. */
function moneyBack(wasPaid: boolean | undefined, said: MoneyBack): string {
  if (wasPaid === undefined) return said.mayHavePaid
  return wasPaid ? said.wasPaid : said.wasNotPaid
}

const totalOf = ({ totalCents, currency, language }: Contact): Amount => ({
  label: wordsIn(language).total,
  cents: totalCents,
  currency,
})
