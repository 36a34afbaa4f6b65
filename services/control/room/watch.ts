import { every } from '../../../shared/every.ts'
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
  const restMs = () => (rooms.count() === 0 ? Number.POSITIVE_INFINITY : LOOK_MS)
  const looking = every(restMs, 'watch', health, rooms.tell)
  return {
    count: rooms.count,
    join: (stream, wish) => {
      streams.add(stream)
      rooms.join(stream, wish)
      looking.nudge()
      return () => {
        streams.delete(stream)
        rooms.leave(stream)
      }
    },
    stop: async () => {
      for (const stream of streams) stream.end()
      await looking.stop()
    },
  }
}
