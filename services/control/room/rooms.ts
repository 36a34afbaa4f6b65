import { type EventStream, eventOf } from '../../../shared/web/event-stream.ts'
import type { Wanted } from './books.ts'
import type { LogTail } from './log-tail.ts'
import type { Picture } from './picture.ts'

/** What is not the same for all rooms: log lines that contain `log`, the newest orders in `state`. */
export type Wish = { log: string; state: Wanted }

type Room = { wish: Wish; isNew: boolean }
/** Rooms that see the same, to the letter. */
type Group = Room & { streams: Stream[] }
type Stream = Pick<EventStream, 'pass'>

type Deps = { picture: Picture; tail: LogTail }

/**
 * The rooms, and what they are told: once for all that see the same, however many they are. A room that is new
 * is told everything, the others what has changed.
 */
export function createRooms({ picture, tail }: Deps) {
  const rooms = new Map<Stream, Room>()
  return {
    count: () => rooms.size,
    join: (stream: Stream, wish: Wish): void => {
      rooms.set(stream, { wish: { ...wish, log: wish.log.toLowerCase() }, isNew: true })
    },
    leave: (stream: Stream): void => {
      rooms.delete(stream)
    },
    /** Looks, and tells every room. */
    tell: async (): Promise<void> => {
      const groups = groupsOf(rooms)
      if (groups.length === 0) return
      const lines = await tail.more()
      const seen = await picture.look(tail.lastFacts(), states(groups))
      for (const { wish, isNew, streams } of groups) {
        const news = isNew ? await tail.before(wish.log) : tail.newsIn(lines, wish.log)
        const parts = isNew ? ['"isFirst":true', ...seen.all] : seen.changed
        const event = eventOf(`{${[...parts, ...seen.newest(wish.state, isNew), ...news].join(',')}}`)
        for (const stream of streams) pass(event, stream, rooms)
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

/** A room may have been left meanwhile. */
function pass(event: Buffer, stream: Stream, rooms: Map<Stream, Room>): void {
  const room = rooms.get(stream)
  if (room === undefined) return
  room.isNew = false
  stream.pass(event)
}
