import type { Figure } from '../figure.ts'
import type { Queue } from '../routes.ts'
import type { Passage } from './outside.ts'

/** How a way out stands, for the metrics; what goes aside says so in its name. */
export function figuresOf(list: Queue, passage: () => Passage): Figure[] {
  const of = list.includes(':') ? '_aside' : ''
  return [
    {
      name: `pace_per_second${of}`,
      help: 'Calls a second to the world outside; 0: no pace',
      value: () => passage().perSecond ?? 0,
    },
    { name: `calls_at_once${of}`, help: 'Calls that may be under way at once', value: () => passage().atOnce },
    { name: `calls_under_way${of}`, help: 'Calls under way', value: () => passage().underWay },
    { name: `calls_queued${of}`, help: 'Calls that wait for their turn', value: () => passage().queued },
  ]
}
