import type { Emitted } from '../../shared/events.ts'
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
export type Result = Exclude<HeardBy<'order'>, `${'customer' | 'entry' | 'group'}.${string}`>
/** The same with what it carries. */
export type Told = Extract<Emitted, { name: Result }>

/** Where an order stands. `tender` counts the means of payment that were offered for it; 0 while there was none. */
export type Standing = { state: State; tender: number }

/**
 * What a result makes of an order; where nothing is said, it changes nothing. Results may overtake each other,
 * so a capture needs no reservation before it, nor a refund of all a capture. A cancelled order that turns out to be paid stays cancelled:
 * payment refunds it by itself.
 */
const moves: Record<State, Partial<Record<Result, State>>> = {
  placed: {
    'stock.reserved': 'reserved',
    'stock.rejected': 'rejected',
    'payment.captured': 'paid',
    'payment.declined': 'declined',
    'payment.challenged': 'paying',
    'payment.refunded': 'refunded',
  },
  reserved: { 'payment.captured': 'paid', 'payment.declined': 'declined', 'payment.refunded': 'refunded' },
  paying: { 'payment.captured': 'paid', 'payment.declined': 'declined', 'payment.refunded': 'refunded' },
  paid: { 'payment.refunded': 'refunded' },
  rejected: {},
  declined: { 'payment.captured': 'paid', 'payment.refunded': 'refunded' },
  expired: { 'payment.refunded': 'refunded' },
  cancelled: { 'payment.refunded': 'refunded' },
  refunded: {},
}

/** The state of an order after it has heard `told`. Where the card came with the order, money is under way at once. */
export function stateAfter({ state, tender }: Standing, told: Told): State {
  const next = moves[state][told.name] ?? state
  switch (told.name) {
    case 'stock.reserved':
      return next === 'reserved' && told.data.paymentMethod !== null ? 'paying' : next
    case 'payment.declined':
      return (told.data.tender ?? 1) < tender ? state : next // said of an earlier card: of versions before, of the first
    case 'payment.refunded':
      return (told.data.leftCents ?? 0) > 0 ? state : next
    default:
      return next
  }
}

/**
 * True where an order goes from one state to the other because it was paid, or its money was seen only when it went back. That
 * of one that had ended without it buys nothing.
 */
export function isBought(before: State, after: State): boolean {
  return (after === 'paid' || after === 'refunded') && unpaid.has(before)
}

const unpaid: ReadonlySet<State> = new Set(['placed', 'reserved', 'paying', 'declined'])

const cancellable: ReadonlySet<State> = new Set([...unpaid, 'paid'])

/** True while a customer may still change their mind; a paid order is refunded then. */
export function canCancel(state: State): boolean {
  return cancellable.has(state)
}
