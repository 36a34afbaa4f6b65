/**
 * Where an order can stand, in the order in which it may get there. `reserved` waits for its customer to pay, `paying` for
 * the money, `declined` for another card: the first and the last until their time is over.
 */
export const states = [
  'placed',
  'reserved',
  'paying',
  'paid',
  'rejected',
  'declined',
  'expired',
  'cancelled',
  'refunded',
] as const

export type State = (typeof states)[number]
