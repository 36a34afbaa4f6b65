/** What the station of the order says, in English. */
export const words = {
  'tour.order.about':
    'Place one order and watch it travel through the services, each of which hears of it from its own list.',
  'tour.order.do': 'Place an order',
  'tour.order.none': 'Nothing is under way yet.',
  'tour.order.why.1':
    'Each service writes what it has done and what follows from it in one transaction; only then it tells the others.',
  'tour.order.why.2': 'The message stands in the sender’s outbox until its receiver says that it is done.',
  'tour.order.why.3': 'So whatever dies in between, somebody still knows, and sends it again.',
  'tour.order.break.charged': 'Kill payment between the charge and its commit',
  'tour.order.gave': 'The customer had the answer when it was on disk, not when it was paid.',
  'tour.order.cost': 'A message may come twice.',
  'tour.order.pays': 'The receiver notes each id in the transaction that takes effect: what comes again takes none.',
  'tour.order.question': 'How often was the card charged?',
}
