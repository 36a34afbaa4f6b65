import type { Name, Service, State } from './state.ts'

/** A copy that may be changed; what its lists hold is replaced, not changed. */
export function draftOf(state: State): State {
  const { bag, entries, orders, cards, reservations, payments, allotment } = state
  return {
    ...state,
    ...{ bag: [...bag], entries: [...entries], orders: [...orders], cards: [...cards] },
    ...{ reservations: [...reservations], payments: [...payments], allotment: allotment && { ...allotment } },
  }
}

export function emit(draft: State, to: Service, name: Name, e = -1, n = 0): void {
  draft.bag.push({ to, name, e, n, isSeen: false })
}

export function at<T>(list: T[], i: number): T {
  const found = list[i]
  if (found === undefined) throw new Error(`there is no ${i}`)
  return found
}
