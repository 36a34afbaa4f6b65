import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import { POP_WAIT_S, type Redis, whenReady } from '../store/redis.ts'

const BATCH = 500 // messages in one pop
const PAUSE_MS = 20

/**
 * The worker's loop: block in BRPOP on the service's own list, take what else is there with one RPOP, hand it
 * to the processor. Never waits to fill a batch, and while messages come one by one not even for that RPOP.
 * `onLost` is told when a pop failed, for its reply may have carried messages that nobody holds now.
 */
export function createConsumer(
  service: Service,
  blocking: Redis,
  redis: Redis,
  processor: { take(raws: string[]): Promise<void>; room(): number },
  onLost: () => void,
): { run(signal: AbortSignal): Promise<void> } {
  const key = queueKey(service)

  let isQuiet = true // what comes, comes one by one

  const runOnce = async () => {
    const room = processor.room()
    if (room <= 0) return void (await delay(PAUSE_MS))
    // crash point: before pop
    const first = await blocking.brpop(key, POP_WAIT_S)
    if (first === null) return
    // crash point: after pop
    if (isQuiet) await processor.take([first[1]]) // before it is known that there is no more
    const more = (await redis.rpop(key, Math.min(BATCH, room) - 1).catch(onLost)) ?? []
    const batch = isQuiet ? more : [first[1], ...more]
    isQuiet = more.length === 0
    if (batch.length > 0) await processor.take(batch)
  }
  return {
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          await runOnce()
        } catch {
          // Redis went away in the middle: the senders push again whatever was in that reply.
          onLost()
          if (signal.aborted) return // or the wait below would be for a signal that has been given
          await Promise.race([Promise.all([whenReady(redis), whenReady(blocking)]), once(signal, 'abort')])
          await delay(PAUSE_MS)
        }
      }
    },
  }
}
