import { declineReasons } from '../../shared/decline-reasons.ts'
import type { Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import type { Amount, Wording } from './wording.ts'

/** On `order.placed`: we have the order. */
export function received(contact: Contact): Wording {
  return {
    kind: 'received',
    tone: 'calm',
    subject: `We have received your order ${contact.number}`,
    headline: 'Thank you for your order',
    paragraphs: [
      'We have received it and are setting the goods aside for you.',
      'You will hear from us again as soon as it is paid.',
    ],
    lines: contact.lines,
    amount: totalOf(contact),
  }
}

/** On `payment.captured`: the order is paid, and this is the receipt. */
export function paid(contact: Contact, { data }: Message<'payment.captured'>): Wording {
  return {
    kind: 'paid',
    tone: 'good',
    subject: `Your order ${contact.number} is paid`,
    headline: 'Your order is paid',
    paragraphs: ['Your payment went through, and we are packing. This is your receipt:'],
    lines: contact.lines,
    amount: { label: 'Total paid', cents: data.totalCents, currency: data.currency },
  }
}

/** On `stock.rejected`: we do not have what was ordered. */
export function rejected(contact: Contact, { data }: Message<'stock.rejected'>): Wording {
  const names = new Map(contact.lines.map(({ sku, name }) => [sku, name]))
  const missing = data.missing.map(
    ({ sku, wanted, available }) =>
      `${names.get(sku) ?? sku}: you ordered ${wanted}, ${available === 0 ? 'none is' : `${available} left`} in stock.`,
  )
  return {
    kind: 'rejected',
    tone: 'bad',
    subject: `We cannot deliver your order ${contact.number}`,
    headline: 'We are out of stock',
    paragraphs: [
      'We are sorry: we do not have everything you ordered, so we have closed the order.',
      ...missing,
      'You have not been charged.',
    ],
    lines: [],
    amount: null,
  }
}

/** On `payment.declined`: the money did not come. */
export function declined(contact: Contact, { data }: Message<'payment.declined'>): Wording {
  return {
    kind: 'declined',
    tone: 'bad',
    subject: `The payment for your order ${contact.number} was declined`,
    headline: 'Your payment was declined',
    paragraphs: [
      declineReasons[data.reason],
      'You have not been charged, and we release the goods we had set aside.',
      'You are welcome to order again with another means of payment.',
    ],
    lines: [],
    amount: null,
  }
}

/** On `order.expired`: nobody has paid in time. */
export function expired(contact: Contact): Wording {
  return {
    kind: 'expired',
    tone: 'bad',
    subject: `Your order ${contact.number} was not paid in time`,
    headline: 'The time to pay is over',
    paragraphs: [
      'We have waited for your payment, and release the goods now that we had set aside for you.',
      'You have not been charged. You are welcome to order again.',
    ],
    lines: contact.lines,
    amount: null,
  }
}

/** On `order.cancelled`: the customer has called the order off. */
export function cancelled(contact: Contact, { data }: Message<'order.cancelled'>): Wording {
  return {
    kind: 'cancelled',
    tone: 'calm',
    subject: `Your order ${contact.number} is cancelled`,
    headline: 'Your order is cancelled',
    paragraphs: ['As you asked, we have cancelled it.', moneyBack(data.wasPaid)],
    lines: contact.lines,
    amount: totalOf(contact),
  }
}

/** A charge that was under way when the order was cancelled is refunded, too. */
function moneyBack(wasPaid: boolean | undefined): string {
  if (wasPaid === true) return 'We refund the whole amount and write to you when that is done.'
  if (wasPaid === false) return 'You had not paid yet. Should a payment be under way, we refund it and write to you.'
  return 'If you had paid already, we refund the whole amount and write to you when that is done.'
}

/** On `payment.refunded`: the money is on its way back. */
export function refunded(contact: Contact, { data }: Message<'payment.refunded'>): Wording {
  return {
    kind: 'refunded',
    tone: 'good',
    subject: `Your order ${contact.number} is refunded`,
    headline: 'Your money is on its way back',
    paragraphs: [
      'We have refunded your payment. Depending on your bank it takes a few days to show up on your account.',
    ],
    lines: [],
    amount: { label: 'Refunded', cents: data.totalCents, currency: data.currency },
  }
}

const totalOf = ({ totalCents, currency }: Contact): Amount => ({
  label: 'Total',
  cents: totalCents,
  currency,
})
