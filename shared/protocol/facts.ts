import type { Emitted, Message } from '../events.ts'
import type { EventName } from '../routes.ts'
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
  const follows = new Map<string, EventName>(emitted.map((event) => [event.subject, event.name]))
  const now = Date.now()
  for (const { message } of batch) {
    const { says = 'handled' } = handlers[message.name] ?? {}
    const fact = follows.get(message.subject) ?? says
    if (fact !== null) log.info({ ...aboutMessage(message), ms: Math.max(0, now - message.at) }, fact)
  }
}
