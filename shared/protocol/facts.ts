import type { Emitted, Message } from '../events.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What a log line says about a message: enough to grep one order's whole story out of all workers, and to draw it. `heldMs`: for
 * how long it has been in hand this time.
 */
export function aboutMessage(message: Message) {
  const { name, subject, id, attempt, data } = message
  const heldMs = heldFor(message)
  return { event: name, ...('number' in data && { order: data.number }), subject, messageId: id, attempt, heldMs }
}

const takenAt = new WeakMap<Message, number>() // beside the message, for all of that is written into lists again

/** Notes that these have just been popped. */
export function noteTaken(messages: Message[]): void {
  const now = performance.now()
  for (const message of messages) takenAt.set(message, now)
}

function heldFor(message: Message): number | undefined {
  const since = takenAt.get(message)
  return since === undefined ? undefined : Math.round(performance.now() - since)
}

/** One line per message applied: what was heard, what follows from it, how long after it happened (ms). */
export function tellFacts<Client>(
  batch: { message: Message }[],
  emitted: Emitted[],
  { log, handlers }: Pick<WorkerContext<Client>, 'log' | 'handlers'>,
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

/** One line per message that was popped and is not taken in hand, for it is there already, or was handled before. */
export function tellCopies<Client>(
  popped: Message[],
  taken: Message[],
  { log }: Pick<WorkerContext<Client>, 'log'>,
): void {
  if (taken.length === popped.length) return
  const own = new Set(taken)
  for (const message of popped) if (!own.has(message)) log.info(aboutMessage(message), 'message.again')
}
