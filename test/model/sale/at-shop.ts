import { emit } from './draft.ts'
import type { Name, Order, Rules, State } from './state.ts'

const CANCELLABLE: (Order | null | undefined)[] = ['placed', 'reserved', 'paying', 'declined', 'paid']

/** The order of an entry that was let in has the entry's id; it may be called off before it begins. */
export function hearAdmitted(draft: State, e: number): void {
  if (draft.orders[e]) return
  draft.orders[e] = draft.isFailedHeard ? 'cancelled' : 'placed'
  if (draft.isFailedHeard) tellCancelled(draft, e)
  else emit(draft, 'inventory', 'order.placed', e)
}

export function hearFailed(draft: State, rules: Rules): void {
  draft.isFailedHeard = rules.tombstoneOfFailedGroup
  for (const e of draft.orders.keys()) if (canCancel(draft, e)) cancel(draft, e)
}

export const canCancel = ({ orders }: State, e: number) => CANCELLABLE.includes(orders[e])

export function cancel(draft: State, e: number): void {
  draft.orders[e] = 'cancelled'
  tellCancelled(draft, e)
}

function tellCancelled(draft: State, e: number): void {
  emit(draft, 'inventory', 'order.cancelled', e)
  emit(draft, 'payment', 'order.cancelled', e)
}

export function expire(draft: State, e: number): void {
  draft.orders[e] = 'expired'
  emit(draft, 'inventory', 'order.expired', e)
  emit(draft, 'payment', 'order.expired', e)
}

export function pay(draft: State, e: number): void {
  draft.orders[e] = 'paying'
  draft.cards[e] = (draft.cards[e] ?? 0) + 1
  emit(draft, 'payment', 'order.tendered', e, draft.cards[e])
}

export function hearReserved(draft: State, e: number): void {
  if (draft.orders[e] === 'placed') draft.orders[e] = 'reserved'
}

export function hearCaptured(draft: State, e: number): void {
  if (draft.orders[e] !== 'paying') return
  draft.orders[e] = 'paid'
  emit(draft, 'sale', 'order.paidInSale', e)
}

export function hearDeclined(draft: State, e: number, card: number): void {
  if (draft.orders[e] === 'paying' && draft.cards[e] === card) draft.orders[e] = 'declined'
}

/** Payment asks the bank, unless it has been told that it is too late, or has had that card. */
export function hearTendered(draft: State, e: number, card: number, outcome: 'captured' | 'declined'): void {
  const known = draft.payments[e]
  if (known && (known.state !== 'declined' || known.card >= card)) return
  draft.payments[e] = { state: outcome, card }
  emit(draft, 'order', outcome === 'captured' ? 'payment.captured' : 'payment.declined', e, card)
}

export function hearOver(draft: State, e: number, name: Name): void {
  const known = draft.payments[e]
  if (known?.state === 'captured' && name === 'order.expired') return
  draft.payments[e] = { state: known?.state === 'captured' ? 'refunded' : 'off', card: known?.card ?? 0 }
}

/** Inventory sets aside what there is. */
export function hearAnnounced(draft: State): void {
  if (draft.allotment !== null) return
  const units = Math.min(draft.setting.units, draft.shelf)
  draft.allotment = { units, free: units }
  draft.shelf -= units
  emit(draft, 'sale', 'stock.allotted', -1, units)
}

export function hearPlaced(draft: State, e: number): void {
  if (draft.reservations[e] || draft.allotment === null) return
  if (draft.allotment.free === 0) draft.wrong ??= 'somebody was let in, and there is no unit'
  draft.allotment.free--
  draft.reservations[e] = 'reserved'
  emit(draft, 'order', 'stock.reserved', e)
}

export function hearReleased(draft: State, e: number, rules: Rules): void {
  const before = draft.reservations[e]
  draft.reservations[e] = before === 'reserved' || before === 'released' ? 'released' : 'tombstone'
  if (before === 'reserved' && draft.allotment) draft.allotment.free++
  const isDue = before === 'reserved' || (before ? !rules.creditOnce : rules.tombstoneReturnsCredit)
  if (!isDue) return
  if (draft.isEndHeard && !rules.saleDecidesAfterEnd) hearSpared(draft, 1)
  else emit(draft, 'sale', 'stock.returned', e)
}

export function hearSpared(draft: State, units: number): void {
  const { allotment } = draft
  if (allotment === null) return
  if (allotment.free < units) draft.wrong ??= 'a unit went back to the shelf that is not free'
  draft.allotment = { units: allotment.units - units, free: allotment.free - units }
  draft.shelf += units
}
