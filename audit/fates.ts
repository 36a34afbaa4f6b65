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

/** True where an order has come to its end; though a paid one may still be cancelled, and then be refunded. */
export function isFinal(state: string): boolean {
  return atRest.has(state)
}

/** What must be true of an order in `state`; undefined when there is no such state. */
export function fateOf(state: string, isAtRest: boolean): Fate | undefined {
  return isAtRest ? (atRest.get(state) ?? underWay.get(state)) : (underWay.get(state) ?? atRest.get(state))
}

// The promise, written down a second time: nothing of this comes from the services.
const atRest = new Map([
  ['paid', fate('reserved', 'captured', 'received paid')],
  ['rejected', fate('rejected', NONE, 'received rejected')],
  ['declined', fate('released', 'declined', 'received declined')],
  ['cancelled', fate('cancelled released rejected', 'cancelled declined', 'received cancelled', 'rejected declined')],
  ['refunded', fate('released', 'refunded', 'received cancelled refunded', 'paid')],
])

const UNDECIDED = `${NONE} charging captured declined`

// While work is under way the other services may be ahead of what the order has heard of them, or behind it.
const underWay = new Map([
  ['placed', fate(`${NONE} reserved rejected released`, UNDECIDED, '', 'received rejected paid declined')],
  ['reserved', fate('reserved released', UNDECIDED, '', 'received paid declined')],
  ['declined', fate('reserved released', 'declined', 'received declined')],
  [
    'cancelled',
    fate(
      `${NONE} reserved rejected released cancelled`,
      `${UNDECIDED} cancelled refunded`,
      'received cancelled',
      'rejected declined paid refunded',
    ),
  ],
  ['refunded', fate('reserved released', 'refunded', 'received cancelled refunded', 'paid')],
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
