import { every } from '../../../shared/every.ts'
import type { Logger } from '../../../shared/logger.ts'

type Watcher<T> = { hear(seen: T): void; end(): void }

/** Something that is looked at for whoever watches. */
export type Watch<T> = { follow(watcher: Watcher<T>): () => void; stop(): Promise<void> }

/** Looks every `periodMs` while somebody watches: once, however many they are. A newcomer gets the last look at once. */
export function createWatch<T>(periodMs: number, look: () => Promise<T>, log: Logger): Watch<T> {
  const watchers = new Set<Watcher<T>>()
  let last: { seen: T } | null = null
  const loop = every(periodMs, 'watch', log, async () => {
    if (watchers.size === 0) {
      last = null
      return
    }
    last = { seen: await look() }
    for (const { hear } of watchers) hear(last.seen)
  })
  return {
    follow: (watcher) => {
      watchers.add(watcher)
      if (last) watcher.hear(last.seen)
      else loop.nudge()
      return () => void watchers.delete(watcher)
    },
    stop: async () => {
      for (const { end } of watchers) end()
      await loop.stop()
    },
  }
}
