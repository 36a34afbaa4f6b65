import { queueKey } from '../keys.ts'
import { writeEnvelope } from './envelope.ts'
import { processing, requeued, retrying, sayStatus, type Word } from './status.ts'
import type { Popped, WorkerContext } from './worker-context.ts'

/** Tells who has these messages now: for people, and for the sender should this worker die. */
export function sayProcessing<Client>(messages: Popped[], { redis, worker }: WorkerContext<Client>): void {
  const field = processing(worker, Date.now())
  const words = messages.map(({ list, id }): Word => [list, id, field])
  sayStatus(redis, words).catch(() => {})
}

/** Tells the sender how long the next copy of a message waits here, so that it can push it should this worker be gone by then. */
export async function announceRetry<Client>(next: Popped, delayMs: number, { redis }: WorkerContext<Client>) {
  await sayStatus(redis, [[next.list, next.id, retrying(next.attempt, delayMs)]]).catch(() => {})
}

/**
 * Pushes the next copy of a message to the list it came from, under a fresh stamp: with the old one its sender would take it
 * for popped while it waits, and push copies. False when Redis may not have taken it.
 */
export async function requeue<Client>(message: Popped, { redis, stamps }: WorkerContext<Client>): Promise<boolean> {
  // crash point: before requeue
  const again = { ...message, solo: undefined, stamp: stamps.next() }
  const said = sayStatus(redis, [[message.list, message.id, requeued(again.attempt, again.stamp)]])
  const element = writeEnvelope(again, JSON.stringify(message.data))
  const pushed = redis.lpush(queueKey(message.list), element)
  const [, push] = await Promise.allSettled([said, pushed])
  // crash point: after requeue
  return push.status === 'fulfilled'
}
