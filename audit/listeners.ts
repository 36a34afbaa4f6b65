import { BURIED, REPLAYED } from './story.ts'

/** The mail that tells of an event; that stock is reserved or released is told to nobody. */
export const mailAbout = new Map([
  ['order.placed', 'received'],
  ['stock.rejected', 'rejected'],
  ['payment.captured', 'paid'],
  ['payment.declined', 'declined'],
  ['order.expired', 'expired'],
  ['order.cancelled', 'cancelled'],
  ['payment.refunded', 'refunded'],
])

/** The services that must have heard of an event. */
export const listenersOf = new Map([
  ['order.placed', ['inventory', 'notification']],
  ['order.tendered', ['payment']],
  ['order.expired', ['inventory', 'payment', 'notification']],
  ['order.cancelled', ['inventory', 'payment', 'notification']],
  ['order.refundAsked', ['payment']],
  ['stock.reserved', ['payment', 'order']],
  ['stock.rejected', ['order', 'notification']],
  ['stock.released', ['order']],
  ['payment.captured', ['order', 'notification']],
  ['payment.declined', ['order', 'notification']],
  ['payment.challenged', ['order']],
  ['payment.disputed', ['order']],
  ['payment.refunded', ['order', 'notification']],
  ['payment.refundRefused', ['order']],
  ['gateway.told', ['payment']],
  ['customer.registered', ['notification']],
  ['customer.linkAsked', ['notification']],
  ['customer.phoneAdded', ['notification']],
  ['customer.verified', ['order']],
  ['customer.preferred', ['notification']],
  ['customer.signedOut', ['order']],
  ['customer.deleted', ['order', 'notification']],
  ['mail.sent', ['accounts']],
  ['mail.bounced', ['accounts']],
  ['sms.due', ['notification']],
  ['sms.sent', ['accounts']],
  ['sms.failed', ['notification', 'accounts']],
  ['sms.stopped', ['accounts']],
  [BURIED, ['order']],
  [REPLAYED, ['order']],
])
