import type { Message } from '../events.ts'
import { queueKey } from '../keys.ts'
import { queueTo } from '../routes.ts'
import { writeEnvelope } from './envelope.ts'
import { processing, requeued, retrying, sayStatus } from './status.ts'
import type { WorkerContext } from './worker-context.ts'

/** Tells who has these messages now: for people, and for the sender should this worker die. */
export function sayProcessing<Client>(messages: Message[], { redis, service, worker }: WorkerContext<Client>): void {
  const field = processing(worker, Date.now())
  const pairs = messages.map(({ id }): [string, string] => [id, field])
  sayStatus(redis, service, pairs).catch(() => {})
}

/** Tells the sender how long the next copy of a message waits here, so that it can push it should this worker be gone by then. */
export async function announceRetry<Client>({ id, attempt }: Message, delayMs: number, by: WorkerContext<Client>) {
  await sayStatus(by.redis, by.service, [[id, retrying(attempt, delayMs)]]).catch(() => {})
}

/**
 * Pushes the next copy of a message to its own list, under a fresh stamp: with the old one its sender would take it for
 * popped while it waits, and push copies. False when Redis may not have taken it.
 */
export async function requeue<Client>(
  message: Message,
  { redis, service, stamps }: WorkerContext<Client>,
): Promise<boolean> {
  // crash point: before requeue
  const again = { ...message, solo: undefined, stamp: stamps.next() }
  const said = sayStatus(redis, service, [[message.id, requeued(again.attempt, again.stamp)]])
  const element = writeEnvelope(again, JSON.stringify(message.data))
  const pushed = redis.lpush(queueKey(queueTo(service, message.name)), element)
  const [, push] = await Promise.allSettled([said, pushed])
  // crash point: after requeue
  return push.status === 'fulfilled'
}
