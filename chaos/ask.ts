import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const ANSWER_LIMIT_MS = 6_000 // longer than the shop is ever frozen
const AGAIN_AFTER_MS = 150

export type Answer = { status: number; id: string; text: string }

/** Posts once. Null when no answer came, or one that says nothing about what was done. */
export async function askOnce(url: string, body: unknown, key: string | null): Promise<Answer | null> {
  const headers = { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) }
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal })
    const text = await response.text()
    return response.status < 500 ? { status: response.status, id: idIn(text), text } : null
  } catch {
    return null
  }
}

/** Posts until it is answered by something other than `isNotYet`. Null when told to stop before. */
export async function askUntilAnswered(
  ask: () => Promise<Answer | null>,
  signal: AbortSignal,
  isNotYet: (answer: Answer) => boolean,
  onRetry: () => void,
): Promise<Answer | null> {
  while (!signal.aborted) {
    const answer = await ask()
    if (answer !== null && !isNotYet(answer)) return answer
    onRetry()
    await delay(AGAIN_AFTER_MS)
  }
  return null
}

const withId = z.object({ id: z.string() })

function idIn(text: string): string {
  try {
    return withId.parse(JSON.parse(text)).id
  } catch {
    return ''
  }
}
