import { declineReasons } from '../../shared/decline-reasons.ts'
import type { Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import { formatMoney } from './money.ts'
import { formatTime } from './times.ts'
import type { Wording } from './wording.ts'

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
