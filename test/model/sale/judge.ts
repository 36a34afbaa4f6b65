import type { State } from './state.ts'

/** What must never be, whatever is still on its way; null where all is well. */
export function violation(state: State): string | null {
  const { granted, credits, held, bought, spared, why } = state
  if (state.wrong !== null) return state.wrong
  if (credits < 0 || (granted ?? spared) !== credits + held + bought + spared) return 'the counter does not add up'
  if (held !== countOf(state, 'admitted') || bought !== countOf(state, 'bought'))
    return 'the counter is not the entries'
  if (bought > (granted ?? 0)) return 'more are bought than were granted'
  if (why !== null && credits > 0) return 'an ended sale keeps credits'
  return twoForOne(state) ?? violationOfStock(state)
}

const countOf = ({ entries }: State, state: string) => entries.filter((entry) => entry.state === state).length

function twoForOne({ entries }: State): string | null {
  const admitted = entries.filter(({ admission }) => admission !== null).map(({ buyer }) => buyer)
  return new Set(admitted).size < admitted.length ? 'two for one buyer' : null
}

function violationOfStock({ allotment, shelf, setting, reservations }: State): string | null {
  const held = reservations.filter((reservation) => reservation === 'reserved').length
  const { units, free } = allotment ?? { units: 0, free: 0 }
  if (units + shelf !== setting.onShelf || free + held !== units || free < 0) return 'units were lost, or made'
  return null
}

/** What must be where nothing is on its way any more: only customers, and the end, are to come. */
export function wrongAtRest(state: State): string | null {
  const { why, credits, entries, allotment, held } = state
  const isWaiting = entries.some((entry) => entry.state === 'waiting' || entry.state === 'joined')
  const isDue = state.setting.queueing === 'line' || state.isDrawn
  if (why === null && isDue && credits > 0 && isWaiting) return 'somebody waits, and there is a unit'
  if (state.isDrawn && entries.some(({ position }) => position === null)) return 'somebody was left out of the draw'
  if (held > 0) return 'somebody is held who has no order'
  if (allotment !== null && allotment.units !== (state.granted ?? 0) - state.spared)
    return 'units are missing, or too many, in the books of inventory'
  if (why === 'failed' && state.payments.some((payment) => payment?.state === 'captured'))
    return 'a group failed, and money was kept'
  return ordersWrong(state)
}

function ordersWrong({ orders, payments, reservations, entries }: State): string | null {
  for (const [e, order] of orders.entries()) {
    const [payment, reservation, entry] = [payments[e]?.state, reservations[e], entries[e]?.state]
    if (order === 'expired' && payment === 'captured') return 'charged, though expired'
    if (order === 'cancelled' && payment === 'captured') return 'cancelled, and not refunded'
    if ((order === 'paid') !== (payment === 'captured')) return 'paid, and not charged'
    if ((order === 'paid') !== (reservation === 'reserved')) return 'a unit is held for nothing, or is missing'
    if ((order === 'paid') !== (entry === 'bought')) return 'sale does not know who has bought'
  }
  return null
}
