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
  #isOpen = false // until it is known that nothing waits
  #closings = 0
  #failed: number[] = []

  constructor(queue: Queue, deps: Deps) {
    this.#deps = { ...deps, queue }
  }

  isOpen(): boolean {
    return this.#isOpen
  }

  /** Pushes what was committed under `stamp` while it was open. Never rejects. */
  async send(elements: string[], stamp: number): Promise<void> {
    await this.#push(elements, stamp).catch(() => {})
  }

  /** Something waits on disk. */
  close(): void {
    this.#isOpen = false
    this.#closings++
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
        const rows = await this.#takeAll(tx, limit, stamp)
        this.#isOpen = rows.length < limit && upTo() === Number.MAX_SAFE_INTEGER && this.#failed === returning
        return rows
      }, 'beside')
      .catch((error) => {
        this.#isOpen = false // what was taken waits again, as when the disk was full at the commit
        throw error
      })
    this.#failed = this.#failed.filter((one) => !returning.includes(one))
    return rows
  }

  /** Looks again where it was closed meanwhile: what was committed beside the look is not seen by it, and would be overtaken. */
  async #takeAll(tx: Sql, limit: number, stamp: number): Promise<Sending[]> {
    const { queue, upTo } = this.#deps
    const rows: Sending[] = []
    let closings: number
    do {
      closings = this.#closings
      rows.push(...(await takeRows(tx, queue, upTo(), limit - rows.length, stamp)))
    } while (closings !== this.#closings && rows.length < limit)
    return rows.sort((one, other) => one.event - other.event)
  }

  async #push(elements: string[], stamp: number): Promise<void> {
    const { queue, redis } = this.#deps
    try {
      // crash point: before push
      const length = await pushAll(redis, queueKey(queue), elements)
      // crash point: after push
      if (length >= windowSize(queue)) this.close()
    } catch (error) {
      this.#failed = [...this.#failed, stamp]
      this.close()
      throw error
    }
  }
}
