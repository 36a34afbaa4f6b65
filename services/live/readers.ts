import type { EventStream } from '../../shared/web/event-stream.ts'
import type { Hub, Let } from './hub.ts'
import type { Reader } from './reader.ts'

/** Whoever watches now. */
export type Readers = {
  /**
   * Gives somebody a seat in each topic, and resolves when each has been looked at. `open` gives them the stream that they are told
   * over; it returns null where they have gone. Rejects with a Problem where there is no such topic, or nobody can say.
   */
  let(asked: Let[], open: (onClose: () => void) => EventStream | null): Promise<void>
  count(): number
  /** Ends all streams: their readers come back. */
  end(): void
}

export function createReaders(hub: Hub): Readers {
  const open = new Set<Reader>()
  return {
    let: async (asked, openStream) => {
      const { reader, ready, leave } = hub.join(asked)
      const close = () => {
        open.delete(reader)
        leave()
      }
      try {
        await ready
        const stream = openStream(close)
        if (stream === null) return leave()
        open.add(reader)
        reader.open(stream)
      } catch (error) {
        leave()
        throw error
      }
    },
    count: () => open.size,
    end: () => {
      for (const reader of open) reader.end()
    },
  }
}
