import type { Result } from '../services/order/order.ts'
import type { EventName } from '../shared/routes.ts'
import type { State } from '../shared/states.ts'

/** A reservation and a payment as their books put them, and what the order went through. */
export type Kind = [reservation: string, payment: string | null, ...(Result | 'order.cancelled')[]]

/** One order of every kind of before there were deadlines, named after it. */
export const kinds: Record<string, Kind> = {
  paid: ['reserved', 'captured', 'stock.reserved', 'payment.captured'],
  rejected: ['rejected', null, 'stock.rejected'],
  declined: ['released', 'declined', 'stock.reserved', 'payment.declined', 'stock.released'],
  cancelled: ['cancelled', 'cancelled', 'order.cancelled'],
  released: ['released', 'cancelled', 'stock.reserved', 'order.cancelled', 'stock.released'],
  sorry: ['rejected', 'cancelled', 'order.cancelled', 'stock.rejected'],
  failed: ['released', 'declined', 'order.cancelled', 'stock.reserved', 'stock.released', 'payment.declined'],
  hasty: ['released', 'refunded', 'order.cancelled', 'stock.reserved', 'payment.refunded', 'stock.released'],
  refunded: [
    ...(['released', 'refunded', 'stock.reserved', 'payment.captured', 'order.cancelled'] as const),
    ...(['stock.released', 'payment.refunded'] as const),
  ],
}

type Line = Record<string, unknown>
type Telling = [event: EventName, state: State, detail?: Line]
type Booking = [kind: string, more?: Line]

/** The same of an order that has a deadline; `ledger` is what the gateway has put down, a kind and more. */
export type LaterKind = {
  reservation: string
  payment: string | null
  story: Telling[]
  ledger: Booking[]
}

const TENDER = { tender: 1 }
const asked: Telling = ['stock.reserved', 'paying'] // its card came with it
const held: Telling = ['stock.reserved', 'reserved']
const captured: Telling = ['payment.captured', 'paid']
const refused: Telling = ['payment.declined', 'declined', TENDER]
const expired: Telling[] = [
  ['order.expired', 'expired'],
  ['stock.released', 'expired'],
]
const called: Telling[] = [
  ['order.cancelled', 'cancelled'],
  ['stock.released', 'cancelled'],
]
const disputed: Telling = ['payment.disputed', 'paid', { dispute: 'du_1', status: 'opened' }]
const refund = (refundId: string, cents: number) => ({ refundId, cents, amountCents: cents })
const [FIRST, REST, ALL] = [refund('re_first', 600), refund('re_rest', 3_000), refund('re_all', 3_600)]
const PART = refund('re_part', 600)

/** One order of every kind that may wait for its customer, named after it; the first three do. */
export const laterKinds: Record<string, LaterKind> = {
  waiting: { reservation: 'reserved', payment: null, story: [held], ledger: [] },
  unlucky: { reservation: 'reserved', payment: 'declined', story: [asked, refused], ledger: [['decline']] },
  challenged: {
    reservation: 'reserved',
    payment: 'challenged',
    story: [asked, ['payment.challenged', 'paying', TENDER]],
    ledger: [['open', { status: 'requires_action' }]],
  },
  later: {
    reservation: 'reserved',
    payment: 'captured',
    story: [held, ['order.tendered', 'paying', TENDER], captured],
    ledger: [['charge']],
  },
  second: {
    reservation: 'reserved',
    payment: 'captured',
    story: [asked, refused, ['order.tendered', 'paying', { tender: 2 }], captured],
    ledger: [['decline'], ['charge']],
  },
  hosted: {
    reservation: 'reserved',
    payment: 'captured',
    story: [asked, ['payment.challenged', 'paying', TENDER], captured],
    ledger: [['session', { status: 'open' }], ['charge'], ['session', { status: 'complete' }]],
  },
  expired: { reservation: 'released', payment: 'cancelled', story: [held, ...expired], ledger: [] },
  lapsed: {
    reservation: 'released',
    payment: 'declined',
    story: [asked, refused, ...expired],
    ledger: [['decline'], ['cancel']],
  },
  partly: {
    reservation: 'reserved',
    payment: 'captured',
    story: [asked, captured, ['payment.refunded', 'paid', PART]],
    ledger: [['charge'], ['refund', PART]],
  },
  returned: {
    reservation: 'reserved',
    payment: 'refunded',
    story: [asked, captured, ['payment.refunded', 'paid', FIRST], ['payment.refunded', 'refunded', REST]],
    ledger: [['charge'], ['refund', FIRST], ['refund', REST]],
  },
  seized: {
    reservation: 'released',
    payment: 'captured',
    story: [
      ...[asked, captured, ['payment.disputed', 'paid', { dispute: 'du_2', status: 'opened' }] satisfies Telling],
      ...[...called, ['payment.refundRefused', 'cancelled', { cents: 3_600 }] satisfies Telling],
    ],
    ledger: [['charge'], ['dispute', { disputeId: 'du_2', status: 'needs_response', amountCents: 3_600 }]],
  },
  disputed: {
    reservation: 'released',
    payment: 'refunded',
    story: [asked, captured, disputed, ...called, ['payment.refunded', 'refunded', ALL]],
    ledger: [['charge'], ['dispute', { disputeId: 'du_1', status: 'needs_response' }], ['refund', ALL]],
  },
}
