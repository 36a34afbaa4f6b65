import type { EventData, Message } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
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

const totalOf = ({ totalCents, currency }: Contact): Amount => ({
  label: 'Total',
  cents: totalCents,
  currency,
})
