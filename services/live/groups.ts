import { topicKinds } from '../../shared/topics.ts'
import type { Seat } from './seat.ts'
import type { Wanted } from './source.ts'

/** Between two tellings of how it is now, to those who know how it was. */
export const NEWEST_MS = 500

/** Those who watch one topic and are asked for alike. `toldAt` in ms of uptime; `isWaiting`: some are told a little later. */
export type Group = { seats: Set<Seat>; toldAt: number; isWaiting: boolean }

/** Who of a group is to be told now, of what. */
export type Due = { group: Group; seats: Seat[]; wanted: Wanted }

/** The seats of one source, by what they watch. */
export type Groups = {
  join(seat: Seat): void
  leave(seat: Seat): void
  size(): number
  /** Whoever is to be told as of `now`: all, or where it was told just now only who has just come, or is late. */
  due(now: number): Due[]
  /** When those who wait are to be told; Infinity where nobody waits. */
  nextAt(): number
}

export function createGroups(): Groups {
  const groups = new Map<string, Group>()
  return {
    join: (seat) => {
      const key = keyOf(seat)
      const group = groups.get(key) ?? { seats: new Set(), toldAt: Number.NEGATIVE_INFINITY, isWaiting: false }
      groups.set(key, group)
      group.seats.add(seat)
    },
    leave: (seat) => {
      const group = groups.get(keyOf(seat))
      group?.seats.delete(seat)
      if (group?.seats.size === 0) groups.delete(keyOf(seat))
    },
    size: () => groups.size,
    due: (now) => [...groups.values()].flatMap((group) => dueOf(group, now)),
    nextAt: () => {
      let next = Number.POSITIVE_INFINITY
      for (const { isWaiting, toldAt } of groups.values()) if (isWaiting) next = Math.min(next, toldAt + NEWEST_MS)
      return next
    },
  }
}

/** A topic that a session has opened is asked for by itself: whose it is may change. */
const keyOf = ({ topic, session }: Seat) => `${topic.name} ${session?.session ?? ''}`

function dueOf(group: Group, now: number): Due[] {
  const all = [...group.seats]
  const [first] = all
  if (first === undefined) return []
  const { topic, session } = first
  const isEarly = !topicKinds[topic.kind].isToldOn && now - group.toldAt < NEWEST_MS
  const seats = isEarly ? all.filter(({ isNew, lateSince }) => isNew || lateSince !== null) : all
  group.isWaiting = seats.length < all.length
  const after = seats.reduce((least, seat) => Math.min(least, seat.after), Number.POSITIVE_INFINITY)
  return seats.length === 0 ? [] : [{ group, seats, wanted: { topic, session, after } }]
}
