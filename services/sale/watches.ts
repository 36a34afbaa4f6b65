import { setImmediate as nextTurn } from 'node:timers/promises'
import { every } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import { type EventStream, eventOf } from '../../shared/web/event-stream.ts'
import type { Sales } from './sales.ts'

const TELL_MS = 500
const SLICE = 200 // streams in one turn of the event loop, so that ten thousand hold up nobody at the door

/** Those who watch sales. */
export type Watches = {
  /** Tells how it is now, and then whatever changes, until the returned function is called. */
  watch(saleId: string, json: string, stream: EventStream): () => void
  stop(): Promise<void>
}

type Watched = { told: string; streams: Set<EventStream> }

/** Tells each sale at most twice a second, and only what is news; made once for all who watch it. */
export function createWatches(sales: Pick<Sales, 'tell'>, health: Health): Watches {
  const all = new Map<string, Watched>()
  const tell = async (id: string, watched: Watched) => {
    const json = await sales.tell(id)
    if (json === undefined || json === watched.told) return
    watched.told = json
    const event = eventOf(json)
    let turn = 0
    for (const stream of watched.streams) {
      stream.pass(event)
      if (++turn % SLICE === 0) await nextTurn()
    }
  }
  const loop = every(TELL_MS, 'sales.tell', health, async () => {
    for (const [id, watched] of all) await tell(id, watched)
  })
  return {
    watch: (id, json, stream) => {
      const watched = all.get(id) ?? { told: json, streams: new Set() }
      all.set(id, watched)
      watched.streams.add(stream)
      stream.pass(eventOf(json))
      return () => {
        watched.streams.delete(stream)
        if (watched.streams.size === 0) all.delete(id)
      }
    },
    stop: async () => {
      for (const { streams } of all.values()) for (const stream of streams) stream.end()
      await loop.stop()
    },
  }
}
