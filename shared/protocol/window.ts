import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { pushAll } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { elementOf } from './element.ts'
import { putBackStamps, takeRows } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'
import { windowSize } from './window-size.ts'

const CHUNK = 1_000 // rows in one transaction: some 5 ms, so that it never holds up the writer

/**
 * The way to one list. While it is open, what is committed is pushed at once; it closes when the list is full, when a
 * push fails, or when something goes back to the rows that wait. What waits goes out first, in the order it happened.
 */
export type Window = {
  isOpen(): boolean
  /** Pushes what was committed under `stamp` while it was open. Never rejects. */
  send(elements: string[], stamp: number): Promise<void>
  /** Something waits on disk. */
  close(): void
  /** Moves what waits to the list, as far as there is room. Opens when nothing waits any more. */
  fill(): Promise<void>
}

type Deps = { db: Pick<Database<Sql>, 'write'>; redis: Redis; stamps: Stamps; wake(): void; upTo(): number }

export function createWindow(queue: Queue, { db, redis, stamps, wake, upTo }: Deps): Window {
  const key = queueKey(queue)
  const size = windowSize(queue)
  let isOpen = false // until it is known that nothing waits
  let failed: number[] = []
  const close = () => {
    isOpen = false
    wake()
  }
  const push = async (elements: string[], stamp: number) => {
    try {
      // crash point: before push
      const length = await pushAll(redis, key, elements)
      // crash point: after push
      if (length >= size) close()
    } catch (error) {
      failed.push(stamp)
      close()
      throw error
    }
  }
  /** In one transaction with what it takes, so that whatever is committed later comes later. */
  const take = async (limit: number, stamp: number) => {
    const returning = failed
    const rows = await db
      .write(async (tx) => {
        if (returning.length > 0) await putBackStamps(tx, queue, returning)
        const rows = await takeRows(tx, queue, upTo(), limit, stamp)
        isOpen = rows.length < limit && upTo() === Number.MAX_SAFE_INTEGER
        return rows
      }, 'beside')
      .catch(undone)
    failed = failed.filter((one) => !returning.includes(one))
    return rows
  }
  /** What was taken waits again, as when the disk was full at the commit. */
  const undone = (error: unknown): never => {
    isOpen = false
    throw error
  }
  const fill = async () => {
    while (!isOpen) {
      const room = Math.min(size - (await redis.llen(key)), CHUNK)
      if (room <= 0) return
      const stamp = stamps.next()
      const rows = await take(room, stamp)
      if (rows.length > 0) await push(rows.map(elementOf), stamp)
      if (rows.length < room) return
    }
  }
  return { isOpen: () => isOpen, send: (elements, stamp) => push(elements, stamp).catch(() => {}), close, fill }
}
