/** Where each event may lead from each state, as words. One that comes too late to matter leaves the order where it is. */
export type Ways = Record<string, Record<string, string>>

export const NOTHING = 'nothing'

/** True where `event` may take an order from one state to the other. */
export function mayLead(ways: Ways, from: string, event: string, to: string): boolean {
  return ways[from]?.[event]?.split(' ').includes(to) ?? false
}

// What others say may be late, and then moves nothing.
const late = (state: string, events: string) => Object.fromEntries(events.split(' ').map((event) => [event, state]))
const AFTER_PAYMENT = 'stock.reserved payment.challenged payment.disputed payment.refundRefused order.refundAsked'
// What is told of money may overtake the capture.
const before = (state: string) => ({
  ...late(state, 'payment.disputed payment.refundRefused'),
  'payment.refunded': `${state} refunded`,
})

/** Of orders that have a deadline: they wait for their customer, and may be offered one card after the other. */
export const ways: Ways = {
  [NOTHING]: { 'order.placed': 'placed' },
  placed: {
    ...before('placed'),
    'stock.reserved': 'reserved paying', // whether its card came with it
    'stock.rejected': 'rejected',
    'payment.challenged': 'paying',
    'payment.captured': 'paid',
    'payment.declined': 'declined',
    'order.cancelled': 'cancelled',
  },
  reserved: {
    ...before('reserved'),
    'order.tendered': 'paying',
    'order.expired': 'expired',
    'order.cancelled': 'cancelled',
  },
  paying: {
    ...late('paying', 'stock.reserved payment.challenged'),
    ...before('paying'),
    'payment.captured': 'paid',
    'payment.declined': 'declined',
    'order.cancelled': 'cancelled',
  },
  declined: {
    ...late('declined', 'stock.reserved payment.challenged'),
    ...before('declined'),
    'order.tendered': 'paying',
    'order.expired': 'expired',
    'order.cancelled': 'cancelled',
  },
  paid: {
    ...late('paid', AFTER_PAYMENT),
    'payment.refunded': 'paid refunded',
    'order.cancelled': 'cancelled',
  },
  rejected: {},
  expired: late('expired', 'stock.reserved stock.released payment.challenged'),
  cancelled: {
    ...late('cancelled', AFTER_PAYMENT),
    ...late('cancelled', 'stock.rejected stock.released payment.captured payment.declined'),
    'payment.refunded': 'cancelled refunded',
  },
  refunded: {
    ...late('refunded', AFTER_PAYMENT),
    ...late('refunded', 'stock.released payment.captured payment.refunded'),
  },
}

/** Of orders of a sale: what was set aside for them is there. Those whose group had failed before them were placed before nobody. */
export const waysInSale: Ways = {
  ...ways,
  [NOTHING]: { 'entry.admitted': 'placed' },
  placed: { ...ways.placed, 'order.placed': 'placed', 'stock.rejected': '' },
}

/**
 * Of orders before there were deadlines: they were charged while they were reserved, and when their card was refused their
 * stock went back, which inventory heard of first.
 */
export const waysBefore: Ways = {
  ...ways,
  placed: { ...ways.placed, 'stock.released': 'placed' },
  reserved: {
    ...ways.reserved,
    ...late('reserved', 'stock.released payment.challenged'),
    'payment.captured': 'paid',
    'payment.declined': 'declined',
  },
  paying: { ...ways.paying, 'stock.released': 'paying' },
  declined: { ...ways.declined, 'stock.released': 'declined' },
}
