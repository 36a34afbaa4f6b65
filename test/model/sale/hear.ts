import * as sale from './at-sale.ts'
import * as shop from './at-shop.ts'
import type { Message, Name, Rules, State } from './state.ts'

/** What a bank says to a card. */
export type Outcome = 'captured' | 'declined'
type Hearing = (draft: State, message: Message, rules: Rules, outcome: Outcome) => void

/** A message takes effect; `outcome` is what the bank would say. */
export const hear: Hearing = (draft, message, rules, outcome) => handlers[message.name](draft, message, rules, outcome)

const over: Hearing = (draft, { to, name, e }, rules) => {
  if (to === 'payment') shop.hearOver(draft, e, name)
  else shop.hearReleased(draft, e, rules)
}

const handlers: Record<Name, Hearing> = {
  'sale.announced': shop.hearAnnounced,
  'sale.spared': (draft, { n }) => shop.hearSpared(draft, n),
  'sale.ended': (draft) => {
    draft.isEndHeard = true
  },
  'stock.allotted': (draft, { n }, rules) => sale.hearAllotted(draft, n, rules),
  'entry.joined': (draft, { e }, rules) => sale.hearJoined(draft, e, rules),
  'entry.admitted': (draft, { e }) => shop.hearAdmitted(draft, e),
  'order.placed': (draft, { e }) => shop.hearPlaced(draft, e),
  'stock.reserved': (draft, { e }) => shop.hearReserved(draft, e),
  'order.tendered': (draft, { e, n }, _rules, outcome) => shop.hearTendered(draft, e, n, outcome),
  'payment.captured': (draft, { e }) => shop.hearCaptured(draft, e),
  'payment.declined': (draft, { e, n }) => shop.hearDeclined(draft, e, n),
  'order.paidInSale': (draft, { e }, rules) => sale.hearPaid(draft, e, rules),
  'order.expired': over,
  'order.cancelled': over,
  'stock.returned': (draft, { e }, rules) => sale.hearReturned(draft, e, rules),
  'group.failed': (draft, _message, rules) => shop.hearFailed(draft, rules),
}
