/**
 * A sale as a model: what is told arrives in any order, and twice where a budget says so; customers join, pay, and think
 * better of it whenever they like; the time to pay, the draw and the end come when they come. There is no clock.
 */
export type Rules = Record<keyof typeof DESIGN, boolean>

export const DESIGN = {
  /** A service drops what it has seen, by the message's id. */
  inbox: true,
  /** Nobody is let in before those who came earlier have been read. */
  watermark: true,
  /** The door takes one entry of each buyer. */
  uniqueAtDoor: true,
  /** In place of the door, whoever reads the entries: a second one of a buyer is put aside. */
  uniqueAtReading: false,
  /** And what is read lets in whoever may be let in now, not itself alone. */
  readingLetsInTheNext: true,
  /** A cancel that came before its order gives the credit back, too. */
  tombstoneReturnsCredit: true,
  /** A unit comes back once, however often its release is told. */
  creditOnce: true,
  /** Money that is under way is waited for. */
  payingDoesNotExpire: true,
  /** Sale, and not inventory, decides what becomes of a unit that comes back after the end. */
  saleDecidesAfterEnd: true,
  /** Whose entry reaches order after its group has failed: made, and cancelled in the same breath. */
  tombstoneOfFailedGroup: true,
  /** What is paid after the end does not form a group any more. */
  noGroupAfterEnd: true,
  /** Sold out is what is paid, not what is given out. */
  soldOutIsPaid: true,
  /** What is granted after the end goes back at once. */
  lateGrantIsSpared: true,
  /** The draw waits until all who are in it have been read; who comes after it is told no. */
  drawWaitsForAll: true,
  doorShutsForDraw: true,
  /** Nobody is let in before it. */
  admitsAfterDraw: true,
}

/** How often something may still happen. */
export type Budget = Record<keyof typeof NOTHING, number>
export const NOTHING = {
  joins: 0,
  /** Cards that are offered, and orders that their customer cancels. */
  cards: 0,
  cancels: 0,
  /** A message arrives twice, with one id. */
  copies: 0,
  /** A message takes effect and is sent once more with an id of its own, as a dead letter is that was none. */
  replays: 0,
}

export type Setting = {
  kind: 'flash' | 'group'
  queueing: 'line' | 'draw'
  units: number
  onShelf: number
  buyers: number
  left: Budget
}

export type Entry = {
  buyer: number
  state: 'joined' | 'waiting' | 'admitted' | 'bought' | 'gone' | 'duplicate'
  /** Null before the draw. */
  position: number | null
  admission: number | null
}
export type Order = 'placed' | 'reserved' | 'paying' | 'declined' | 'paid' | 'expired' | 'cancelled'

/** What services tell each other; `e` is the entry it is about, -1 for the sale; `n` a number of units, or of a card. */
export type Message = { to: Service; name: Name; e: number; n: number; isSeen: boolean }
export type Service = 'sale' | 'order' | 'inventory' | 'payment'
export type Name =
  | `sale.${'announced' | 'spared' | 'ended'}`
  | `entry.${'joined' | 'admitted'}`
  | `stock.${'allotted' | 'reserved' | 'returned'}`
  | `order.${'placed' | 'expired' | 'cancelled' | 'tendered' | 'paidInSale'}`
  | `payment.${'captured' | 'declined'}`
  | 'group.failed'

export type State = {
  setting: Setting
  left: Budget
  bag: Message[]
  /** Sale's. */
  granted: number | null
  credits: number
  held: number
  bought: number
  spared: number
  why: 'soldOut' | 'formed' | 'overdue' | 'failed' | null
  admissions: number
  entries: Entry[]
  isDrawDue: boolean
  isDrawn: boolean
  /** Order's, by entry; a card's number with it. */
  orders: (Order | null)[]
  cards: number[]
  isFailedHeard: boolean
  /** Inventory's. */
  shelf: number
  allotment: { units: number; free: number } | null
  isEndHeard: boolean
  reservations: ('reserved' | 'released' | 'tombstone' | null)[]
  /** Payment's. */
  payments: ({ state: 'captured' | 'declined' | 'refunded' | 'off'; card: number } | null)[]
  /** The first thing that went wrong. */
  wrong: string | null
}

/** The sale has just been announced. */
export function initial(setting: Setting): State {
  const announced: Message = { to: 'inventory', name: 'sale.announced', e: -1, n: setting.units, isSeen: false }
  return {
    ...{ setting, left: setting.left, bag: [announced], wrong: null },
    ...{ granted: null, credits: 0, held: 0, bought: 0, spared: 0, why: null, admissions: 0 },
    ...{ entries: [], isDrawDue: false, isDrawn: false, orders: [], cards: [], isFailedHeard: false },
    ...{ shelf: setting.onShelf, allotment: null, isEndHeard: false, reservations: [], payments: [] },
  }
}
