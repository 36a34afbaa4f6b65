import type { Logger } from '../../../shared/logger.ts'
import { type EventStream, eventOf } from '../../../shared/web/event-stream.ts'
import type { Said, Wish } from './watcher/messages.ts'
import { createWatcher } from './watcher-process.ts'

const LINGER_MS = 10_000 // a page that is reloaded finds the watcher still there
const REST_MS = 2_000 // a watcher that dies at once must not be started all the time

/** The rooms that watch the shop. Looking, reading and writing it down is the watcher's; here it is passed on. */
export type Watch = {
  /** Shows the shop to a room until the returned function is called. */
  join(wish: Wish, stream: EventStream): () => void
  /** Has so many orders placed; false while others are still being placed. */
  place(count: number): boolean
  /** True for a moment after the watcher has died. */
  isResting(): boolean
  stop(): void
}

/** Nothing runs until the first room is opened, and soon after the last one is closed nothing runs again. */
export function createWatch(isDemo: boolean, log: Logger): Watch {
  const rooms = new Map<number, EventStream>()
  let lastRoom = 0
  let isPlacing = false
  let restsUntil = 0
  let ending: NodeJS.Timeout | undefined

  const hear = (said: Said) => {
    if (said.type === 'seen') return passOn(said.json, said.rooms)
    const { type: _, ...burst } = said
    log.info(burst, 'demo.placed')
    isPlacing = false
    endSoon()
  }
  const passOn = (json: string, to: number[]) => {
    const event = eventOf(json)
    for (const room of to) rooms.get(room)?.pass(event)
  }
  const died = (why: object) => {
    log.warn(why, 'watcher.died')
    isPlacing = false
    restsUntil = Date.now() + REST_MS
    endAll()
  }
  const endAll = () => {
    const streams = [...rooms.values()]
    rooms.clear()
    for (const stream of streams) stream.end() // a room comes back by itself
  }
  const endSoon = () => {
    clearTimeout(ending)
    ending = setTimeout(() => rooms.size === 0 && !isPlacing && watcher.end(), LINGER_MS).unref()
  }
  const watcher = createWatcher(isDemo, { hear, died })

  return {
    isResting: () => Date.now() < restsUntil,
    join: (wish, stream) => {
      const room = ++lastRoom
      rooms.set(room, stream)
      watcher.say({ type: 'join', room, wish })
      return () => {
        if (rooms.delete(room)) watcher.say({ type: 'leave', room })
        endSoon()
      }
    },
    place: (count) => {
      if (isPlacing) return false
      isPlacing = true
      watcher.say({ type: 'place', count })
      return true
    },
    stop: () => {
      clearTimeout(ending)
      endAll()
      watcher.end()
    },
  }
}
