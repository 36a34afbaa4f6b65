import { setTimeout as delay } from 'node:timers/promises'
import { Deferral, type Message } from '../events.ts'
import { reasonOf } from '../health.ts'
import { aboutMessage } from './facts.ts'
import { announceRetry, requeue } from './requeue.ts'
import type { WorkerContext } from './worker-context.ts'

const AGAIN_MS = 1_000
const DEFERRED_MAX = 50_000 // ids and timers in memory; beyond it they are left to their senders

/** The messages that wait here for their next attempt. They are in nobody's hand, and copies of them are dropped. */
export type PutOff = {
  has(id: string): boolean
  /** How many wait for what others may wait for, too; those that wait for something of their own hold up nobody. */
  count(): number
  /** Resolves when the message has been pushed to the end of its list, or left to its sender. Never rejects. */
  add(message: Message, delayMs: number, error: unknown): Promise<void>
  /** Leaves all to their senders. */
  stop(): void
}

export function createPutOff<Client>(context: WorkerContext<Client>): PutOff {
  const stopping = new AbortController()
  const waiting = new Set<string>()
  const deferred = new Set<string>()
  return {
    has: (id) => waiting.has(id) || deferred.has(id),
    count: () => waiting.size,
    add: async (message, delayMs, error) => {
      const { id } = message
      const kept = error instanceof Deferral ? deferred : waiting
      tell(message, delayMs, error, context)
      kept.add(id)
      await announceRetry(message, delayMs, context)
      // Until Redis has it: by the last word on it we hold it, and its sender would leave it to us for half a minute.
      for (let ms = delayMs; deferred.size <= DEFERRED_MAX && (await passes(ms, stopping.signal)); ms = AGAIN_MS) {
        kept.delete(id)
        if (await requeue(message, context)) return
        kept.add(id)
      }
      kept.delete(id)
    },
    stop: () => stopping.abort(),
  }
}

/** A deferral is told when it begins, and not with each try for days: its end is told by what follows. */
function tell<Client>(message: Message, delayMs: number, error: unknown, { log }: WorkerContext<Client>): void {
  const about = { ...aboutMessage(message), delayMs, reason: reasonOf(error) }
  if (!(error instanceof Deferral)) log.warn(about, 'retrying')
  else if (message.deferred === 1) log.warn(about, 'deferred')
  else log.debug(about, 'deferred')
}

function passes(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return delay(delayMs, true, { signal }).catch(() => false)
}
