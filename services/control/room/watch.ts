import { every, type Loop } from '../../../shared/every.ts'
import type { Health } from '../../../shared/health.ts'
import type { EventStream } from '../../../shared/web/event-stream.ts'
import type { LogReader } from './log.ts'
import type { Picture } from './picture.ts'
import { createRooms, type Wish } from './rooms.ts'

const LOOK_MS = 500

type Stream = Pick<EventStream, 'pass' | 'end'>

/** The rooms that watch the shop. */
export type Watch = {
  /** How many there are. */
  count(): number
  /** Shows the shop to a room until the returned function is called. */
  join(stream: Stream, wish: Wish): () => void
  /** Ends all rooms; each comes back by itself when we do. */
  stop(): Promise<void>
}

/** Looks at the shop twice a second while a room is open, and not at all otherwise. */
export function createWatch({ picture, log, health }: { picture: Picture; log: LogReader; health: Health }): Watch {
  const rooms = createRooms({ picture, log })
  const streams = new Set<Stream>()
  let looking: Loop | null = null
  const rest = async () => {
    const ended = looking
    looking = null
    await ended?.stop()
  }
  return {
    count: rooms.count,
    join: (stream, wish) => {
      streams.add(stream)
      rooms.join(stream, wish)
      if (looking === null) looking = every(LOOK_MS, 'watch', health, rooms.tell)
      else looking.nudge()
      return () => {
        streams.delete(stream)
        rooms.leave(stream)
        if (rooms.count() === 0) void rest()
      }
    },
    stop: async () => {
      for (const stream of streams) stream.end()
      await rest()
    },
  }
}
