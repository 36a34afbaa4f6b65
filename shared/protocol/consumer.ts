import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '../health.ts'
import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { isRefusal, type Redis } from '../store/redis.ts'
import { keepOn } from './keep-on.ts'
import { createOwed, type Owed } from './owed.ts'
import { createPop, type Pop } from './pop.ts'
import type { Processor } from './processor.ts'

const BATCH = 500 // messages in one pop
const FULL_MS = 20

export type ConsumerDeps = {
  lists: Queue[]
  blocking: Redis
  redis: Redis
  /** `ready` rejects while nothing could be handled. */
  processor: Pick<Processor<Sql>, 'ready' | 'take' | 'room' | 'capacity'>
  health: Health
  /** False while the queue is another shop's. */
  mayPop: () => boolean
  /** Told when a pop failed whose reply may have carried messages that nobody holds now. */
  onLost: () => void
}

/**
 * A loop of the worker: block in BRPOP on its lists, which are asked in the order of their lanes, take what
 * else is in that list with one RPOP, hand it to the processor. Never waits to fill a batch, and while messages come one
 * by one not even for that RPOP.
 * Pops nothing that cannot be handled, and puts back what turns out not to be.
 */
export class Consumer {
  readonly #deps: ConsumerDeps
  readonly #pop: Pop
  readonly #owed: Owed
  #isQuiet = true // what comes, comes one by one

  constructor(deps: ConsumerDeps) {
    this.#deps = deps
    this.#pop = createPop(deps.lists, deps.blocking, () => deps.processor.capacity())
    this.#owed = createOwed(deps.redis)
  }

  run(signal: AbortSignal): Promise<void> {
    return keepOn(() => this.#runOnce(), this.#deps.health.watch('consume'), signal)
  }

  async #runOnce(): Promise<void> {
    const { processor, redis, mayPop, onLost } = this.#deps
    await this.#owed.giveBack()
    const room = processor.room()
    if (room <= 0 || !mayPop()) return void (await delay(FULL_MS))
    await processor.ready()
    // crash point: before pop
    const first = await this.#pop(room).catch(this.#lost)
    if (first === null) return
    const { list, raw, most } = first
    // crash point: after pop
    if (!mayPop()) return this.#owed.add(list, [raw]) // it has turned out while we waited
    if (this.#isQuiet) await this.#take(list, [raw]) // before it is known that there is no more
    const more = (await redis.rpop(queueKey(list), Math.min(BATCH, most) - 1).catch(onLost)) ?? []
    const batch = this.#isQuiet ? more : [raw, ...more]
    this.#isQuiet = more.length === 0
    if (batch.length > 0) await this.#take(list, batch)
  }

  readonly #lost = (error: unknown): never => {
    if (!isRefusal(error)) this.#deps.onLost() // the senders push again whatever was in that reply
    throw error
  }

  /** What could not be taken goes back to where it was popped, or its senders would have to miss it first. */
  async #take(list: Queue, raws: string[]): Promise<void> {
    await this.#deps.processor.take(raws, list).catch((error) => {
      this.#owed.add(list, raws)
      throw error
    })
  }
}
