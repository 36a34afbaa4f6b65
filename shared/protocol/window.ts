import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { pushAll } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { elementOf } from './element.ts'
import { putBackStamps, type Sending, takeRows } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'
import { windowSize } from './window-size.ts'

const CHUNK = 1_000 // rows in one transaction: some 5 ms, so that it never holds up the writer

type Deps = { db: Pick<Database<Sql>, 'write'>; redis: Redis; stamps: Stamps; wake(): void; upTo(): number }

/**
 * The way to one list. While it is open, what is committed is pushed at once; it closes when the list is full, when a
 * push fails, or when something goes back to the rows that wait. What waits goes out first, in the order it happened.
 */
export class Window {
  readonly #deps: Deps & { queue: Queue }
  #state: 'closed' | 'opening' | 'open' = 'closed' // until it is known that nothing waits
  #failed: number[] = []

  constructor(queue: Queue, deps: Deps) {
    this.#deps = { ...deps, queue }
  }

  isOpen(): boolean {
    return this.#state === 'open'
  }

  /** Pushes what was committed under `stamp` while it was open. Never rejects. */
  async send(elements: string[], stamp: number): Promise<void> {
    await this.#push(elements, stamp).catch(() => {})
  }

  /** Something waits on disk. */
  close(): void {
    this.#state = 'closed'
    this.#deps.wake()
  }

  /** Moves what waits to the list, as far as there is room. Opens when nothing waits any more. */
  async fill(): Promise<void> {
    const { queue, redis, stamps } = this.#deps
    while (!this.isOpen()) {
      const room = Math.min(windowSize(queue) - (await redis.llen(queueKey(queue))), CHUNK)
      if (room <= 0) return
      const stamp = stamps.next()
      const rows = await this.#take(room, stamp)
      if (rows.length > 0) await this.#push(rows.map(elementOf), stamp)
      if (rows.length < room) return
    }
  }

  /** In one transaction with what it takes, so that whatever is committed later comes later. */
  async #take(limit: number, stamp: number): Promise<Sending[]> {
    const { db, queue, upTo } = this.#deps
    const returning = this.#failed
    const rows = await db
      .write(async (tx) => {
        if (returning.length > 0) await putBackStamps(tx, queue, returning)
        const rows = await takeRows(tx, queue, upTo(), limit, stamp)
        this.#state = rows.length < limit && upTo() === Number.MAX_SAFE_INTEGER ? 'open' : 'closed'
        return rows
      }, 'beside')
      .catch((error) => this.#undo(error))
    this.#failed = this.#failed.filter((one) => !returning.includes(one))
    return rows
  }

  /** What was taken waits again, as when the disk was full at the commit. */
  #undo(error: unknown): never {
    this.#state = 'closed'
    throw error
  }

  async #push(elements: string[], stamp: number): Promise<void> {
    const { queue, redis } = this.#deps
    try {
      // crash point: before push
      const length = await pushAll(redis, queueKey(queue), elements)
      // crash point: after push
      if (length >= windowSize(queue)) this.close()
    } catch (error) {
      this.#failed.push(stamp)
      this.close()
      throw error
    }
  }
}
