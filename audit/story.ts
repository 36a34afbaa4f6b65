/** One thing that happened to an order, and the state it was in afterwards. */
export type Step = { event: string; state: string }

/** The first step that an order must not take, in words; undefined when all are as they must be. */
export function slipIn(steps: Step[]): string | undefined {
  const seen = new Set<string>()
  let state = NOTHING
  for (const { event, state: next } of steps) {
    if (isAboutLetter(event) && next === state) continue // it may happen more than once, and moves nothing
    if (seen.has(event)) return `${event} happened twice`
    if (ways[state]?.[event] !== next) return `${event} led from ${state} to ${next}`
    seen.add(event)
    state = next
  }
  return undefined
}

/** True of what tells that a message was given up, or is sent again. */
export function isAboutLetter(event: string): boolean {
  return event === BURIED || event === REPLAYED
}

export const BURIED = 'message.buried'
export const REPLAYED = 'message.replayed'

/** The events an order has heard of. */
export function eventsOf(steps: Step[]): Set<string> {
  return new Set(steps.map(({ event }) => event))
}

const NOTHING = 'nothing'

/** Where each event leads. One that comes too late to matter leaves the order where it is. */
const ways: Record<string, Record<string, string>> = {
  [NOTHING]: { 'order.placed': 'placed' },
  placed: {
    'stock.reserved': 'reserved',
    'stock.rejected': 'rejected',
    'stock.released': 'placed',
    'payment.captured': 'paid',
    'payment.declined': 'declined',
    'order.cancelled': 'cancelled',
  },
  reserved: {
    'stock.released': 'reserved', // inventory heard of the decline first
    'payment.captured': 'paid',
    'payment.declined': 'declined',
    'order.cancelled': 'cancelled',
  },
  paid: { 'stock.reserved': 'paid', 'order.cancelled': 'cancelled' },
  rejected: {},
  declined: { 'stock.reserved': 'declined', 'stock.released': 'declined' },
  cancelled: {
    'stock.reserved': 'cancelled',
    'stock.rejected': 'cancelled',
    'stock.released': 'cancelled',
    'payment.captured': 'cancelled',
    'payment.declined': 'cancelled',
    'payment.refunded': 'refunded',
  },
  refunded: { 'stock.reserved': 'refunded', 'stock.released': 'refunded', 'payment.captured': 'refunded' },
}

/** The mail that tells of an event; that stock is reserved or released is told to nobody. */
export const mailAbout = new Map([
  ['order.placed', 'received'],
  ['stock.rejected', 'rejected'],
  ['payment.captured', 'paid'],
  ['payment.declined', 'declined'],
  ['order.cancelled', 'cancelled'],
  ['payment.refunded', 'refunded'],
])

/** The services that must have heard of an event. */
export const listenersOf = new Map([
  ['order.placed', ['inventory', 'notification']],
  ['stock.reserved', ['payment', 'order']],
  ['stock.rejected', ['order', 'notification']],
  ['stock.released', ['order']],
  ['payment.captured', ['order', 'notification']],
  ['payment.declined', ['inventory', 'order', 'notification']],
  ['order.cancelled', ['inventory', 'payment', 'notification']],
  ['payment.refunded', ['order', 'notification']],
  [BURIED, ['order']],
  [REPLAYED, ['order']],
])
