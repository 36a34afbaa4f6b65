import { setTimeout as delay } from 'node:timers/promises'
import { Busy, Deferral, type Message, Outage } from '../events.ts'
import { reasonOf } from '../health.ts'
import type { Logger } from '../logger.ts'
import { aboutMessage } from './facts.ts'
import { Newer } from './newer.ts'
import { announceRetry, requeue } from './requeue.ts'
import type { Retry } from './retry.ts'
import type { Popped, WorkerContext } from './worker-context.ts'

const AGAIN_MS = 1_000
const DEFERRED_EACH_MS = 5 // of them at most 200 come again in a second, or a flood of them would keep fresh ones waiting
const DEFERRED_MAX = 50_000 // ids and timers in memory; beyond it they are left to their senders

/** The messages that wait here for their next attempt. They are in nobody's hand, and copies of them are dropped. */
export type PutOff = {
  has(id: string): boolean
  /** How many wait for what others may wait for, too; those that wait for something of their own hold up nobody. */
  count(): number
  /** Resolves when the message has been pushed to the end of its list, or left to its sender. Never rejects. */
  add(message: Popped, retry: Retry, error: unknown): Promise<void>
  /** Leaves all to their senders. */
  stop(): void
}

export function createPutOff<Client>(context: WorkerContext<Client>): PutOff {
  const stopping = new AbortController()
  const waiting = new Set<string>()
  const deferred = new Set<string>()
  const tell = createTeller(context.log)
  return {
    has: (id) => waiting.has(id) || deferred.has(id),
    count: () => waiting.size,
    add: async (message, { delayMs: atLeastMs, tally }, error) => {
      const { id } = message
      const next = { ...message, ...tally }
      const kept = error instanceof Deferral || error instanceof Newer ? deferred : waiting
      kept.add(id)
      const delayMs = Math.max(atLeastMs, kept === deferred ? deferred.size * DEFERRED_EACH_MS : 0)
      tell(message, next, delayMs, error)
      await announceRetry(next, delayMs, context)
      // Until Redis has it: by the last word on it we hold it, and its sender would leave it to us for half a minute.
      for (let ms = delayMs; deferred.size <= DEFERRED_MAX && (await passes(ms, stopping.signal)); ms = AGAIN_MS) {
        kept.delete(id)
        if (await requeue(next, context)) return
        kept.add(id)
      }
      kept.delete(id)
    },
    stop: () => stopping.abort(),
  }
}

/**
 * What waits and why, for the log. A deferral is told when it begins, and not with each try for days: its end is told by
 * what follows. What is too new is told once for all of its kind, and the way out tells itself that it is closed.
 */
function createTeller(log: Logger): (message: Message, next: Message, delayMs: number, error: unknown) => void {
  const tooNew = new Set<string>()
  return (message, next, delayMs, error) => {
    if (error instanceof Busy) return
    const isOutage = error instanceof Outage || undefined
    const about = { ...aboutMessage(message), delayMs, isOutage, reason: reasonOf(error) }
    if (error instanceof Newer) {
      if (!tooNew.has(error.message)) log.warn(about, 'event.newer')
      tooNew.add(error.message)
    } else if (!(error instanceof Deferral)) log.warn(about, 'retrying')
    else if (next.deferred === 1) log.warn(about, 'deferred')
    else log.debug(about, 'deferred')
  }
}

function passes(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return delay(delayMs, true, { signal }).catch(() => false)
}
