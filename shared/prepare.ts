import pLimit from 'p-limit'
import { type Message, Outage } from './events.ts'
import type { WorkerContext } from './worker-context.ts'

const AT_ONCE = 64
const LIMIT_MS = 10_000

/** Runs `prepare` of a message's handler, if it has one: many at once, each with a time limit. */
export function createPreparer<Client>({ handlers }: Pick<WorkerContext<Client>, 'handlers'>) {
  const limit = pLimit(AT_ONCE)
  return async (message: Message): Promise<unknown> => {
    const handler = handlers[message.name]
    if (handler?.prepare === undefined) return undefined
    return limit(async () => {
      const signal = AbortSignal.timeout(LIMIT_MS)
      return Promise.race([handler.prepare?.(message, signal), expired(signal)])
    })
  }
}

function expired(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Outage(`no answer within ${LIMIT_MS} ms`)))
  })
}
