import type { Order } from './order-book.ts'
import { eventsOf } from './story.ts'

/** What the other books must say of an order in some state. */
export type Fate = {
  reservation: ReadonlySet<string>
  payment: ReadonlySet<string>
  /** Mails that must have come once all is at rest, and those that may have at any time. */
  mustMail: ReadonlySet<string>
  mayMail: ReadonlySet<string>
}

/** A row that is not there. */
export const NONE = 'none'

/** What of an order says how it must stand. */
type Standing = Pick<Order, 'state' | 'payBy' | 'steps'>

/** True where an order has come to its end; though a paid one may still be cancelled, and then be refunded. */
export function isFinal({ state, payBy }: Pick<Order, 'state' | 'payBy'>): boolean {
  return final.has(state) || (state === 'declined' && payBy === null)
}

const final = new Set(['paid', 'rejected', 'expired', 'cancelled', 'refunded'])

/** What must be true of an order; undefined when there is no such state. */
export function fateOf(order: Standing, isAtRest: boolean): Fate | undefined {
  const name = nameOf(order)
  return isAtRest ? (atRest.get(name) ?? underWay.get(name)) : (underWay.get(name) ?? atRest.get(name))
}

/** Its state; where that is not enough, with how it got there. */
function nameOf({ state, payBy, steps }: Standing): string {
  if (state === 'declined' && payBy === null) return 'declined for good'
  const told = eventsOf(steps)
  if (state === 'cancelled' && told.has('entry.admitted') && !told.has('order.placed')) return 'cancelled at once'
  if (state === 'cancelled' && told.has('payment.refundRefused')) return 'cancelled, not given back'
  if (state !== 'refunded') return state
  const name = told.has('order.cancelled') ? 'refunded' : 'refunded and kept'
  return told.has('payment.refundRefused') ? `${name}, not arrived` : name
}

// The promise, written down a second time: nothing of this comes from the services.
const atRest = new Map([
  ['reserved', fate('reserved', NONE, 'received')], // these three wait for their customer
  ['declined', fate('reserved', 'declined', 'received declined')],
  ['paying', fate('reserved', 'challenged processing', 'received', 'declined')],
  ['paid', fate('reserved', 'captured', 'received paid', 'declined refunded')],
  ['rejected', fate('rejected', NONE, 'received rejected')],
  ['declined for good', fate('released', 'declined', 'received declined')],
  ['expired', fate('released', `${NONE} declined cancelled`, 'received expired', 'declined')],
  [
    'cancelled',
    fate('cancelled released rejected', 'cancelled declined processing', 'received cancelled', 'rejected declined'),
  ],
  ['cancelled at once', fate('cancelled', 'cancelled', '')], // its group had failed: nobody was told of it
  ['refunded', fate('released', 'refunded', 'received cancelled refunded', 'paid declined')],
  ['refunded and kept', fate('reserved', 'refunded', 'received paid refunded', 'declined')],
  // What the customer's bank has taken back the gateway does not refund, and a refund may have failed: a person has to see to it.
  ['cancelled, not given back', fate('released', 'captured', 'received cancelled', 'paid declined refunded')],
  // A refund may fail when all is over: then the money is here, and a person has to see to it.
  ['refunded, not arrived', fate('released', 'refunded captured', 'received cancelled refunded', 'paid declined')],
  ['refunded and kept, not arrived', fate('reserved', 'refunded captured', 'received paid refunded', 'declined')],
])

const BEGUN = 'charging challenged processing captured declined'
const UNDECIDED = `${NONE} ${BEGUN}`

// While work is under way the other services may be ahead of what the order has heard of them, or behind it.
const underWay = new Map([
  ['placed', fate(`${NONE} reserved rejected released`, UNDECIDED, '', 'received rejected paid declined')],
  ['reserved', fate('reserved released', UNDECIDED, '', 'received paid declined')],
  ['paying', fate('reserved released', UNDECIDED, '', 'received paid declined')],
  ['declined', fate('reserved', 'declined', 'received declined')],
  ['declined for good', fate('reserved released', 'declined', 'received declined')],
  ['paid', fate('reserved', 'captured refunded', 'received paid', 'declined refunded')],
  ['expired', fate('reserved released', `${NONE} declined cancelled`, 'received expired', 'declined')],
  [
    'cancelled',
    fate(
      `${NONE} reserved rejected released cancelled`,
      `${UNDECIDED} cancelled refunded`,
      'received cancelled',
      'rejected declined paid refunded',
    ),
  ],
  ['cancelled at once', fate(`${NONE} cancelled`, `${NONE} cancelled`, '')],
  ['refunded', fate('reserved released', 'refunded', 'received cancelled refunded', 'paid declined')],
])

function fate(reservation: string, payment: string, mustMail: string, mayMail = ''): Fate {
  const must = words(mustMail)
  return {
    reservation: words(reservation),
    payment: words(payment),
    mustMail: must,
    mayMail: new Set([...must, ...words(mayMail)]),
  }
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''))
}
