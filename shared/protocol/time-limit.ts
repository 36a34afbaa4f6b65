import { Outage } from '../events.ts'

const LIMIT_MS = 10_000

/** Makes a call, which may take so long: then it is told to end, and rejects with `Outage`. */
export function withLimit<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
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
