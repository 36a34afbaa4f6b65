/** What the station of the message bus says, in English. */
export const words = {
  'tour.bus.about':
    'A new service, loyalty, wants to know of each payment. Twenty orders are placed first: it comes too late for them.',
  'tour.bus.do': 'Add loyalty to the shop',
  'tour.bus.why.1': 'Who hears what is one table; its senders need no other change than a word in it.',
  'tour.bus.why.2':
    'A sender keeps its events, so for a receiver that it does not know it writes an outbox row for each of them, in their order.',
  'tour.bus.why.3': 'So history comes by the same way as news: list, inbox, effect, done.',
  'tour.bus.diff': 'What is changed in the table',
  'tour.bus.absent': 'not there',
  'tour.bus.state': 'It is',
  'tour.bus.waiting': 'In its list',
  'tour.bus.knows': 'Orders it knows',
  'tour.bus.paid': 'Orders paid',
  'tour.bus.break.kill': 'Kill it while its history runs in, and place 20 more',
  'tour.bus.break.fail': 'Let its handler fail at each third message, and place 20 more',
  'tour.bus.break.forget': 'Delete its file',
  'tour.bus.seen': 'It knows {orders} orders and {points} points, after {took}. No order waited for it.',
  'tour.bus.gave': 'Whoever wants to know subscribes, and no sender changes.',
  'tour.bus.cost': 'Its sender keeps all events on disk, and a row for each that has not been heard.',
  'tour.bus.pays': 'Rows go when they are acknowledged, events after 30 days; a bad subscriber is its own problem.',
  'tour.bus.question': 'Of how many orders that were paid does it know?',
}
