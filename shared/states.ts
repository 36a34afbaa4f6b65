/** Where an order can stand, in the order in which it may get there. */
export const states = ['placed', 'reserved', 'paid', 'rejected', 'declined', 'cancelled', 'refunded'] as const

export type State = (typeof states)[number]
