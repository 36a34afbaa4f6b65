/** What the station of publish/subscribe says, in English. */
export const words = {
  'tour.pubsub.about':
    'Post six pieces of news to a crowd of listeners. Beside them stand as many whose server only passes on what PUBLISH tells.',
  'tour.pubsub.do': 'Gather a crowd and post the news',
  'tour.pubsub.why.1': 'A channel rings: whoever listens at that moment hears that something is new, and nobody else.',
  'tour.pubsub.why.2': 'A log tells: live writes each piece down with a number before it tells it.',
  'tour.pubsub.why.3':
    'A listener that comes back says which number it heard last, and is told exactly what came after.',
  'tour.pubsub.break.kill': 'Kill live, and the plain server with it',
  'tour.pubsub.break.cut': 'Cut all subscriptions (CLIENT KILL TYPE pubsub)',
  'tour.pubsub.break.away': 'Close one window for five seconds',
  'tour.pubsub.gave': 'One piece of news reaches a thousand listeners, and whoever posts it waits for none of them.',
  'tour.pubsub.cost': 'A channel forgets: what is said while nobody listens is gone.',
  'tour.pubsub.pays':
    'The channel only rings. What is told stands in a log with numbers, and where nobody rings, live looks each second.',
  'tour.pubsub.question': 'How many were missed, with the log and with PUBLISH alone?',
  'tour.pubsub.figure': '{ours} with the log, {plain} with PUBLISH alone',

  'tour.pubsub.listeners': 'Listeners of each kind',
  'tour.pubsub.window.open': 'Open a window',
  'tour.pubsub.openAnother': 'and another one',
  'tour.pubsub.here': 'This window has heard {count}, the last one after {took}.',
  'tour.pubsub.here.none': 'This window listens, too.',
  'tour.pubsub.none': 'The crowd has not come yet.',
  'tour.pubsub.gathering': 'The listeners are coming…',
  'tour.pubsub.saying': '{said} of 6 posted.',
  'tour.pubsub.over': 'All {said} are posted, and what is not heard by now never will be.',
  'tour.pubsub.ours': 'Orderline: a channel rings, a log tells',
  'tour.pubsub.plain': 'PUBLISH and SUBSCRIBE alone',
  'tour.pubsub.perNote': 'How many have heard each piece',
  'tour.pubsub.note': 'Piece {n}:',
  'tour.pubsub.open': 'streams open',
  'tour.pubsub.told': 'heard',
  'tour.pubsub.missed': 'missed',
  'tour.pubsub.again': 'heard twice',
  'tour.pubsub.p50Ms': 'delay, P50',
  'tour.pubsub.p99Ms': 'delay, P99',
  'tour.pubsub.window': 'heard by the first',
  'tour.pubsub.seen.kill':
    'Of {all} pieces to hear, listeners missed {missed}; those of the plain server missed {plain}. The slowest 1 % came after {p99} or later.',
  'tour.pubsub.seen.cut':
    'Of {all} pieces to hear, listeners missed {missed}; those of the plain server missed {plain}. The slowest 1 % came after {p99} or later.',
  'tour.pubsub.seen.away':
    'The window that was closed has heard {window} of {said}, in their order; the plain one {plainWindow} of {said}.',
}
