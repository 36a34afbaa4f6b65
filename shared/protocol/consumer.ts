import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '../health.ts'
import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { isRefusal, type Redis } from '../store/redis.ts'
import { createOwed } from './owed.ts'
import { createPop } from './pop.ts'
import type { Processor } from './processor.ts'

const BATCH = 500 // messages in one pop
const FULL_MS = 20
const FIRST_PAUSE_MS = 20
const MAX_PAUSE_MS = 250 // so that messages flow again soon after what failed is back

type Deps = {
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
export function createConsumer({ lists, blocking, redis, processor, health, onLost, mayPop }: Deps) {
  const pop = createPop(lists, blocking, () => processor.capacity())
  const watched = health.watch('consume')
  let isQuiet = true // what comes, comes one by one
  let pauseMs = FIRST_PAUSE_MS
  const owed = createOwed(redis)

  const runOnce = async () => {
    await owed.giveBack()
    const room = processor.room()
    if (room <= 0 || !mayPop()) return void (await delay(FULL_MS))
    await processor.ready()
    // crash point: before pop
    const first = await pop(room).catch(lost)
    if (first === null) return
    const { list, raw, most } = first
    // crash point: after pop
    if (!mayPop()) return owed.add(list, [raw]) // it has turned out while we waited
    if (isQuiet) await take(list, [raw]) // before it is known that there is no more
    const more = (await redis.rpop(queueKey(list), Math.min(BATCH, most) - 1).catch(onLost)) ?? []
    const batch = isQuiet ? more : [raw, ...more]
    isQuiet = more.length === 0
    if (batch.length > 0) await take(list, batch)
  }
  const lost = (error: unknown) => {
    if (!isRefusal(error)) onLost() // the senders push again whatever was in that reply
    throw error
  }
  /** What could not be taken goes back to where it was popped, or its senders would have to miss it first. */
  const take = (list: Queue, raws: string[]) =>
    processor.take(raws, list).catch((error) => {
      owed.add(list, raws)
      throw error
    })
  return {
    run: async (signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        try {
          await runOnce()
          watched.ok()
          pauseMs = FIRST_PAUSE_MS
        } catch (error) {
          if (signal.aborted) return
          watched.failed(error)
          await delay(pauseMs, undefined, { signal }).catch(() => {}) // told to stop
          pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)
        }
      }
    },
  }
}
