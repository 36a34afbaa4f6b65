import type { Message } from '../../shared/events.ts'
import type { HeardBy } from '../../shared/routes.ts'
import type { State } from '../../shared/states.ts'

const FIRST_NUMBER = 1_000_000

/** What people call an order: made of `seq`, which counts the orders. */
export function numberOf(seq: number): string {
  return `OL-${FIRST_NUMBER + seq}`
}

/** What a number counts; undefined where it is none. */
export function seqOf(number: string): number | undefined {
  const [, digits] = /^OL-(\d{7,15})$/.exec(number) ?? []
  return digits === undefined ? undefined : Number(digits) - FIRST_NUMBER
}

/** What other services tell about an order. */
export type Result = HeardBy<'order'>

/**
 * What a result makes of an order; where nothing is said, it changes nothing. Results may overtake each other,
 * so a capture needs no reservation before it. A cancelled order that turns out to be paid stays cancelled:
 * payment refunds it by itself.
 */
const moves: Record<State, Partial<Record<Result, State>>> = {
  placed: {
    'stock.reserved': 'reserved',
    'stock.rejected': 'rejected',
    'payment.captured': 'paid',
    'payment.declined': 'declined',
  },
  reserved: { 'payment.captured': 'paid', 'payment.declined': 'declined' },
  paying: { 'payment.captured': 'paid', 'payment.declined': 'declined' },
  paid: { 'payment.refunded': 'refunded' },
  rejected: {},
  declined: { 'payment.captured': 'paid' },
  expired: { 'payment.refunded': 'refunded' },
  cancelled: { 'payment.refunded': 'refunded' },
  refunded: {},
}

/** The state of an order after it has heard `result`. Where the card came with the order, money is under way at once. */
export function stateAfter(state: State, result: Message<Result>): State {
  const next = moves[state][result.name] ?? state
  if (result.name === 'stock.reserved' && next === 'reserved' && result.data.paymentMethod !== null) return 'paying'
  if (result.name === 'payment.refunded' && (result.data.leftCents ?? 0) > 0) return state
  return next
}

const cancellable: ReadonlySet<State> = new Set(['placed', 'reserved', 'paying', 'declined', 'paid'])

/** True while a customer may still change their mind; a paid order is refunded then. */
export function canCancel(state: State): boolean {
  return cancellable.has(state)
}
