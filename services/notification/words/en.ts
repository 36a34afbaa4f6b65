import { declineReasons } from '../../../shared/decline-reasons.ts'
import type { Words } from './words.ts'

const WAS_IT_YOU = 'If that was not you, you need not do anything.'

export const en: Words = {
  hello: (name) => `Hello ${name},`,
  somebody: 'customer',
  order: (number) => `Order ${number}`,
  kinds: {
    ...{ received: 'received', rejected: 'rejected', paid: 'paid', declined: 'declined', expired: 'expired' },
    ...{ cancelled: 'cancelled', refunded: 'refunded', welcome: 'welcome', known: 'your account' },
    ...{ verify: 'your address', reset: 'your password', code: 'your phone', instead: 'your phone' },
    ...{ alert: 'your wish', back: 'back in stock', cheaper: 'a lower price' },
  },
  seeOrder: 'See your order',
  orderNow: 'Your order, as it stands now',
  total: 'Total',
  about: (number) => `This mail was sent automatically about your order ${number}.`,
  aboutAccount: 'This mail was sent automatically about your account.',
  unsubscribe: 'No more mails about orders',
  invite: (words) => `${words}:`,
  received: {
    subject: (number) => `We have received your order ${number}`,
    headline: 'Thank you for your order',
    paragraphs: ['We have received it and are setting the goods aside for you.'],
    heldUntil: (time) => `They are yours until ${time}: please pay by then.`,
    payNow: 'Pay now',
    hearAgain: 'You will hear from us again as soon as it is paid.',
  },
  turn: {
    subject: (number) => `It is your turn: pay your order ${number}`,
    headline: 'It is your turn',
    paragraphs: ['One unit of the sale is set aside for you, and for nobody else.'],
    heldUntil: (time) => `It is yours until ${time}: please pay by then, or it is offered to somebody else.`,
    payNow: 'Pay now',
    hearAgain: 'You will hear from us again as soon as it is paid.',
  },
  rejected: {
    subject: (number) => `We cannot deliver your order ${number}`,
    headline: 'We are out of stock',
    paragraphs: ['We are sorry: we do not have everything you ordered, so we have closed the order.'],
    line: (name, wanted, left) =>
      `${name}: you ordered ${wanted}, ${left === 0 ? 'none is' : `${left} left`} in stock.`,
    notCharged: 'You have not been charged.',
  },
  expired: {
    subject: (number) => `Your order ${number} was not paid in time`,
    headline: 'The time to pay is over',
    paragraphs: [
      'We have waited for your payment, and release the goods now that we had set aside for you.',
      'You have not been charged. You are welcome to order again.',
    ],
    inSale: ['What was set aside for you in the sale is free for somebody else now. You have not been charged.'],
  },
  cancelled: {
    subject: (number) => `Your order ${number} is cancelled`,
    headline: 'Your order is cancelled',
    paragraphs: ['As you asked, we have cancelled it.'],
    groupFailed: ['Too few have bought before the end of the group offer, so it does not take place.'],
    wasPaid: 'We refund the whole amount and write to you when that is done.',
    wasNotPaid: 'You had not paid yet. Should a payment be under way, we refund it and write to you.',
    mayHavePaid: 'If you had paid already, we refund the whole amount and write to you when that is done.',
  },
  paid: {
    subject: (number) => `Your order ${number} is paid`,
    headline: 'Your order is paid',
    paragraphs: ['Your payment went through, and we are packing. This is your receipt:'],
    inSale: ['Your payment went through, and your unit stays set aside for you. This is your receipt:'],
    total: 'Total paid',
  },
  declined: {
    subject: (number) => `The payment for your order ${number} was declined`,
    headline: 'Your payment was declined',
    paragraphs: [],
    released: [
      'You have not been charged, and we release the goods we had set aside.',
      'You are welcome to order again with another means of payment.',
    ],
    held: (time) => [
      'You have not been charged.',
      `The goods are still set aside for you: please try another card until ${time}.`,
    ],
    another: 'Try another card',
  },
  refunded: {
    subject: (number) => `Your order ${number} is refunded`,
    headline: 'Your money is on its way back',
    paragraphs: [],
    part: (number) => `A part of your order ${number} is refunded`,
    of: (part, all) => `We have refunded ${part} of ${all}.`,
    all: 'We have refunded your payment.',
    days: 'Depending on your bank it takes a few days to show up on your account.',
    label: 'Refunded',
  },
  reasons: declineReasons,
  welcome: {
    subject: 'Welcome to Orderline: please confirm your address',
    headline: 'Welcome',
    paragraphs: ['Your account is there. Please confirm that this address is yours.', WAS_IT_YOU],
    invitation: 'Confirm my address',
  },
  known: {
    subject: 'You have an account at Orderline already',
    headline: 'You have an account already',
    paragraphs: [
      'Somebody, most likely you, has just signed up with this address. It has an account, and nothing was changed.',
      'Sign in as always. If you do not remember your password, you can choose a new one here.',
      WAS_IT_YOU,
    ],
    invitation: 'Choose a new password',
  },
  verify: {
    subject: 'Please confirm your address',
    headline: 'Is this address yours?',
    paragraphs: ['Please confirm that this address is yours.', WAS_IT_YOU],
    invitation: 'Confirm my address',
  },
  reset: {
    subject: 'A new password for your account',
    headline: 'Choose a new password',
    paragraphs: [
      'Somebody, most likely you, has asked for a new password.',
      `${WAS_IT_YOU} Your password is as it was.`,
    ],
    invitation: 'Choose a new password',
  },
  code: {
    subject: 'Your code from Orderline',
    headline: 'Your code',
    says: (phone, code) => [
      `Our SMS could not reach your phone ${phone}, so here is the code that was in it:`,
      code,
      'It holds for ten minutes from when you asked for it, and works once.',
    ],
  },
  instead: {
    subject: 'A message that could not reach your phone',
    headline: 'Our SMS could not reach you',
    says: (phone) => `We have tried to reach your phone ${phone}. The message was:`,
    known: 'Somebody has signed up once more with this phone. If that was not you, you need not do anything.',
  },
  sms: {
    code: (code) => `Your code from Orderline: ${code}. It holds for 10 minutes. We never ask you for it.`,
    known: 'Orderline: somebody has signed up with your number once more. Was it not you? Then ignore this.',
    order: (number, state) => `Orderline: your order ${number} ${state}. No more of these? Answer STOP.`,
  },
  orderIs: (number, state) => `Your order ${number} ${state}.`,
  states: { paid: 'is paid', cancelled: 'is cancelled', refunded: 'is refunded', expired: 'was not paid in time' },
}
