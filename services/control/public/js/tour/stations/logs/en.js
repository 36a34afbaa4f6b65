/** What the station of logs says, in English. */
export const words = {
  'tour.logs.about':
    'Place an order and read its story from the log of all programs. Then take away whoever collects the lines.',
  'tour.logs.do': 'Place an order, find its lines',
  'tour.logs.why.1': 'Programs write lines into their own files, and wait for nobody. The file is the sender’s memory.',
  'tour.logs.why.2':
    'The log service reads on from where it stood. Lines and place go through its list and are written down together.',
  'tour.logs.why.3': 'Every program numbers its lines, so what is missing is counted, not guessed.',
  'tour.logs.break.stop': 'Stop the log service for a while',
  'tour.logs.break.kill': 'Kill the log service',
  'tour.logs.gave': 'Orders went on: nobody who writes a line waits for whoever reads it.',
  'tour.logs.cost': 'While it was away nothing could be searched, and afterwards it was behind.',
  'tour.logs.pays': 'The files keep what is not read yet; what rotation takes before that is told as a gap.',
  'tour.logs.question': 'How many lines were lost?',

  'tour.logs.none': 'No order yet.',
  'tour.logs.story': 'The story of {order} · {lines} lines',
  'tour.logs.open': 'All lines',
  'tour.logs.up': 'The log service collects lines.',
  'tour.logs.down': 'The log service is away.',
  'tour.logs.away': 'The log service is away. {orders} orders were placed meanwhile.',
  'tour.logs.behind': 'It reads what was written meanwhile, about {orders} orders, too.',
  'tour.logs.over': 'It has caught up: the lines of {orders} orders are there.',
  'tour.logs.seen.stop':
    '{orders} orders went on without it. {behind} after it was started again their stories were whole: {lines} more lines, {missing} missing.',
  'tour.logs.seen.kill':
    '{orders} orders went on. {behind} after the kill their stories were whole: {lines} more lines, {missing} missing.',
  'tour.logs.kept': 'lines kept',
  'tour.logs.missing': 'missing',
  'tour.logs.newest': 'newest',
  'tour.logs.awayFor': 'Stop it for',
}
