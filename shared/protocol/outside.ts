import pLimit from 'p-limit'
import { Outage } from '../events.ts'
import type { Outside } from '../handler.ts'

const AT_ONCE = 64
const LIMIT_MS = 10_000

/** The way out of one worker: many calls at once, but not all that it has in hand, each with a time limit. */
export function createOutside(): Outside {
  const limit = pLimit(AT_ONCE)
  return (call) => limit(() => withLimit(call))
}

function withLimit<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const overdue = new AbortController()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Outage(`no answer within ${LIMIT_MS} ms`))
      overdue.abort()
    }, LIMIT_MS)
    call(overdue.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
