/** What the station of the order says, in English. */
export const words = {
  'tour.order.about': 'Place one order and watch its messages travel: each service hears of it from its own list.',
  'tour.order.do': 'Place an order',
  'tour.order.none': 'No order is on its way yet.',
  'tour.order.took': 'Paid after',
  'tour.order.charges': 'Card charged',
  'tour.order.mails': 'Mails',
  'tour.order.why.1':
    'Each service writes what it did and whom it has to tell in one transaction, and only then tells them.',
  'tour.order.why.2':
    'The message stays in its sender’s outbox (the ring) until its receiver has said that it is done.',
  'tour.order.why.3': 'So whatever dies in between, somebody still knows, and sends it again.',
  'tour.order.break.popped': 'Kill inventory when it has just taken the message from the list',
  'tour.order.break.charged': 'Kill payment when the card is charged and nothing is written yet',
  'tour.order.break.unsaid': 'Kill payment when all is written, but it has not said “done”',
  'tour.order.break.twice': 'Stop payment, and put everything that waits for it into the list twice',
  'tour.order.seen':
    'Paid after {took}; the order before, after {before}. Charges in the gateway’s own book: {charges}.',
  'tour.order.gave': 'The customer had the answer when it was on disk, not when it was paid.',
  'tour.order.cost': 'A message may come twice.',
  'tour.order.pays':
    'The receiver notes each message’s id in the transaction that takes effect: what comes again takes none.',
  'tour.order.question': 'How often was the card charged?',
}
