import type { Wanted } from './books.ts'
import { partOf } from './parts.ts'
import type { ListedOrder } from './snapshot.ts'

/** The newest orders of a state as a part, for a room that is new or that has not seen them yet. */
export type NewestParts = (state: Wanted, isNew: boolean) => string[]

/** Serialises each list once, however many rooms show it, and tells which have changed since the last call. */
export function createNewestParts(): (lists: Map<Wanted, ListedOrder[]>) => NewestParts {
  let last = new Map<Wanted, string>()
  return (lists) => {
    const before = last
    last = new Map([...lists].map(([state, orders]) => [state, partOf('newest', orders)]))
    const now = last
    return (state, isNew) => {
      const part = now.get(state)
      return part === undefined || (!isNew && part === before.get(state)) ? [] : [part]
    }
  }
}
