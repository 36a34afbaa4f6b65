import type { Emitted, Message } from '../events.ts'
import type { WorkerContext } from './worker-context.ts'

/** What a log line says about a message: enough to grep one order's whole story out of all workers. */
export function aboutMessage({ name, subject, id, attempt, data }: Message) {
  return { event: name, ...('number' in data && { order: data.number }), subject, messageId: id, attempt }
}

/** One line per message applied: what was heard, what follows from it, how long after it happened (ms). */
export function tellFacts<Client>(
  batch: { message: Message }[],
  emitted: Emitted[],
  { log, handlers }: WorkerContext<Client>,
): void {
  if (!log.isLevelEnabled('info')) return
  const follows = new Map(emitted.map((event) => [event.subject, event]))
  const now = Date.now()
  for (const { message } of batch) {
    const { says = 'handled' } = handlers[message.name] ?? {}
    const next = follows.get(message.subject)
    const fact = next?.name ?? says
    if (fact !== null)
      log.info({ ...numberIn(next), ...aboutMessage(message), ms: Math.max(0, now - message.at) }, fact)
  }
}

/** An order of a sale has its number only now. */
const numberIn = (next: Emitted | undefined) => (next && 'number' in next.data ? { order: next.data.number } : {})
