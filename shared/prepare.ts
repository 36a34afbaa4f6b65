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
    return limit(() => withLimit((signal) => handler.prepare?.(message, signal)))
  }
}

/** Rejects, and gives the signal, when `work` takes too long. */
function withLimit(work: (signal: AbortSignal) => Promise<unknown> | undefined): Promise<unknown> {
  const overdue = new AbortController()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Outage(`no answer within ${LIMIT_MS} ms`))
      overdue.abort()
    }, LIMIT_MS)
    Promise.resolve(work(overdue.signal))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
