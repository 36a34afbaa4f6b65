import type { Said, Wish } from '../../order/pages/watcher/messages.ts'
import type { LogTail } from './log-tail.ts'
import type { NewestOrders } from './newest-orders.ts'
import type { Picture } from './picture.ts'

type Room = { wish: Wish; isNew: boolean }
/** Rooms that see the same, to the letter. */
type Group = Room & { rooms: number[] }

type Deps = { picture: Picture; tail: LogTail; newest: NewestOrders; say: (what: Said) => Promise<void> }

/**
 * The rooms, and what they are told: once for all that see the same, however many they are. A room that is new
 * is told everything, the others what has changed.
 */
export function createRooms({ picture, tail, newest, say }: Deps) {
  const rooms = new Map<number, Room>()
  return {
    join: (room: number, wish: Wish): void => {
      rooms.set(room, { wish: { ...wish, log: wish.log.toLowerCase() }, isNew: true })
    },
    leave: (room: number): void => {
      rooms.delete(room)
    },
    /** Looks, and tells every room. */
    tell: async (): Promise<void> => {
      const groups = groupsOf(rooms)
      if (groups.length === 0) return
      const lines = await tail.more()
      const [seen, orders] = await Promise.all([picture.look(tail.lastFacts()), newest.look(states(groups))])
      for (const { wish, isNew, rooms: to } of groups) {
        const news = isNew ? await tail.before(wish.log) : tail.newsIn(lines, wish.log)
        const parts = isNew ? ['"isFirst":true', ...seen.all] : seen.changed
        const json = `{${[...parts, ...orders(wish.state, isNew), ...news].join(',')}}`
        await say({ type: 'seen', rooms: to, json })
      }
      for (const room of groups.flatMap((group) => group.rooms)) settle(rooms.get(room))
    },
  }
}

function groupsOf(rooms: Map<number, Room>): Group[] {
  const groups = new Map<string, Group>()
  for (const [id, room] of rooms) {
    const key = JSON.stringify(room)
    const group = groups.get(key) ?? { ...room, rooms: [] }
    group.rooms.push(id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const states = (groups: Group[]) => [...new Set(groups.map(({ wish }) => wish.state))]

function settle(room: Room | undefined): void {
  if (room) room.isNew = false
}
