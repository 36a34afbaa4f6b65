import { setTimeout as wait } from 'node:timers/promises'

type Falsy = undefined | null | false | 0 | ''
type Check<T> = () => Promise<T | Falsy> | T | Falsy
type Limits = { timeoutMs?: number; everyMs?: number; what?: string }

/**
 * Waits for truth: calls `check` until it gives a truthy value and resolves with that. A check that throws is
 * simply not true yet. Throws after `timeoutMs`, naming `what` was awaited and the last value or error.
 */
export async function until<T>(check: Check<T>, limits: Limits = {}): Promise<T> {
  const { timeoutMs = 15_000, everyMs = 20, what = 'the condition' } = limits
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const { value, cause } = await attempt(check)
    if (value) return value
    if (Date.now() >= deadline) throw tooLate(what, timeoutMs, value, cause)
    await wait(everyMs)
  }
}

async function attempt<T>(check: Check<T>): Promise<{ value?: T | Falsy; cause?: unknown }> {
  try {
    return { value: await check() }
  } catch (cause) {
    return { cause }
  }
}

function tooLate(what: string, timeoutMs: number, value: unknown, cause: unknown): Error {
  const last = cause === undefined ? `last value: ${JSON.stringify(value)}` : `last error: ${cause}`
  return new Error(`${what} did not come true in ${timeoutMs} ms; ${last}`, { cause })
}
