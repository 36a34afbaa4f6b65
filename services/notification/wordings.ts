import { declineReasons } from '../../shared/decline-reasons.ts'
import type { EventData, Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import { formatMoney } from './money.ts'
import { formatTime } from './times.ts'
import type { Amount, Wording } from './wording.ts'

/** On `order.placed`: we have the order, and wait for the money where no card came with it. */
export function received(contact: Contact, { data }: { data: ToPay }): Wording {
  const { paymentMethod, payBy } = data
  const isToPay = payBy !== null && (paymentMethod === null || paymentMethod === 'hosted')
  return {
    kind: 'received',
    tone: 'calm',
    subject: `We have received your order ${contact.number}`,
    headline: 'Thank you for your order',
    paragraphs: [
      'We have received it and are setting the goods aside for you.',
      ...(isToPay ? [`They are yours until ${formatTime(payBy)}: please pay by then.`] : []),
      'You will hear from us again as soon as it is paid.',
    ],
    lines: contact.lines,
    amount: totalOf(contact),
    ...(isToPay && { invitation: 'Pay now' }),
  }
}

type ToPay = Pick<EventData<'order.placed'>, 'paymentMethod' | 'payBy'>

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

/** On `payment.declined`: the money did not come, and another card may be tried while there is time. */
export function declined(contact: Contact, { at, data }: Message<'payment.declined'>): Wording {
  const { reason, tender = 1, payBy = null } = data
  const isInTime = payBy !== null && at < payBy
  return {
    kind: 'declined',
    ...(tender > 1 && { which: String(tender) }),
    tone: 'bad',
    subject: `The payment for your order ${contact.number} was declined`,
    headline: 'Your payment was declined',
    paragraphs: [declineReasons[reason], ...(isInTime ? stillHeldUntil(payBy) : RELEASED)],
    lines: [],
    amount: null,
    ...(isInTime && { invitation: 'Try another card' }),
  }
}

const RELEASED = [
  'You have not been charged, and we release the goods we had set aside.',
  'You are welcome to order again with another means of payment.',
]

function stillHeldUntil(payBy: number): string[] {
  return [
    'You have not been charged.',
    `The goods are still set aside for you: please try another card until ${formatTime(payBy)}.`,
  ]
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

/** On `payment.refunded`: the money, or some of it, is on its way back. */
export function refunded(contact: Contact, { data }: Message<'payment.refunded'>): Wording {
  const { totalCents: cents, currency, leftCents, refundId } = data
  const isPart = leftCents !== undefined && leftCents > 0
  const part = `${formatMoney(cents, currency)} of ${formatMoney(contact.totalCents, contact.currency)}`
  return {
    kind: 'refunded',
    ...(leftCents !== undefined && { which: refundId }), // versions before gave all back at once, under one name
    tone: 'good',
    subject: isPart ? `A part of your order ${contact.number} is refunded` : `Your order ${contact.number} is refunded`,
    headline: 'Your money is on its way back',
    paragraphs: [
      isPart ? `We have refunded ${part}.` : 'We have refunded your payment.',
      'Depending on your bank it takes a few days to show up on your account.',
    ],
    lines: [],
    amount: { label: 'Refunded', cents, currency },
  }
}

const totalOf = ({ totalCents, currency }: Contact): Amount => ({
  label: 'Total',
  cents: totalCents,
  currency,
})
