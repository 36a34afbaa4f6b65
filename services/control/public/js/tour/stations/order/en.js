/** What the station of the order says, in English. */
export const words = {
  'order.about':
    'Place one order and watch it travel through the services, each of which hears of it from its own list.',
  'order.do': 'Place an order',
  'order.none': 'Nothing is under way yet.',
  'order.why.1':
    'Each service writes what it has done and what follows from it in one transaction; only then it tells the others.',
  'order.why.2': 'The message stands in the sender’s outbox until its receiver says that it is done.',
  'order.why.3': 'So whatever dies in between, somebody still knows, and sends it again.',
  'order.break.charged': 'Kill payment between the charge and its commit',
  'order.gave': 'The customer had the answer when it was on disk, not when it was paid.',
  'order.cost': 'A message may come twice.',
  'order.pays': 'The receiver notes each id in the transaction that takes effect: what comes again takes none.',
  'order.question': 'How often was the card charged?',
}
