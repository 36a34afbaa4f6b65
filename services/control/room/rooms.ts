import { type EventStream, eventOf } from '../../../shared/web/event-stream.ts'
import type { Wanted } from './books.ts'
import type { LogReader, LogWish } from './log.ts'
import type { Picture } from './picture.ts'

/** What is not the same for all rooms: log lines that contain `log`, the newest orders in `state`. */
export type Wish = { log: string; state: Wanted }

/** `hasLog`: it has been told the last lines, which it is not while logs is away. */
type Room = { wish: Wish; isNew: boolean; hasLog: boolean }
/** Rooms that see the same, to the letter. */
type Group = Room & { streams: Stream[] }
type Stream = Pick<EventStream, 'pass'>

type Deps = { picture: Picture; log: LogReader }

/**
 * The rooms, and what they are told: once for all that see the same, however many they are. A room that is new
 * is told everything, the others what has changed.
 */
export function createRooms({ picture, log }: Deps) {
  const rooms = new Map<Stream, Room>()
  return {
    count: () => rooms.size,
    join: (stream: Stream, wish: Wish): void => {
      rooms.set(stream, { wish: { ...wish, log: wish.log.toLowerCase() }, isNew: true, hasLog: false })
    },
    leave: (stream: Stream): void => {
      rooms.delete(stream)
    },
    /** Looks, and tells every room. */
    tell: async (): Promise<void> => {
      const groups = groupsOf(rooms)
      if (groups.length === 0) return
      const lines = await log.look(logWishes(groups))
      const seen = await picture.look(lines, states(groups))
      for (const { wish, isNew, hasLog, streams } of groups) {
        const news = lines.partsFor(logWishOf({ wish, hasLog }))
        const parts = isNew ? ['"isFirst":true', ...seen.all] : seen.changed
        const event = eventOf(`{${[...parts, ...seen.newest(wish.state, isNew), ...(news ?? [])].join(',')}}`)
        for (const stream of streams) pass(event, stream, rooms, hasLog || news !== null)
      }
    },
  }
}

function groupsOf(rooms: Map<Stream, Room>): Group[] {
  const groups = new Map<string, Group>()
  for (const [stream, room] of rooms) {
    const key = JSON.stringify(room)
    const group = groups.get(key) ?? { ...room, streams: [] }
    group.streams.push(stream)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const states = (groups: Group[]) => [...new Set(groups.map(({ wish }) => wish.state))]

const logWishOf = ({ wish, hasLog }: Pick<Room, 'wish' | 'hasLog'>): LogWish => ({ text: wish.log, isNew: !hasLog })

/** Each once, though rooms that want it may differ in what else they want. */
function logWishes(groups: Group[]): LogWish[] {
  return [...new Map(groups.map(logWishOf).map((wish) => [JSON.stringify(wish), wish])).values()]
}

/** A room may have been left meanwhile. */
function pass(event: Buffer, stream: Stream, rooms: Map<Stream, Room>, hasLog: boolean): void {
  const room = rooms.get(stream)
  if (room === undefined) return
  room.isNew = false
  room.hasLog = hasLog
  stream.pass(event)
}
