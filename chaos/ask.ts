import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ADMIN_TOKEN } from './shop-env.ts'

export const ANSWER_LIMIT_MS = 6_000 // longer than the shop is ever frozen
const AGAIN_AFTER_MS = 150 // and twice that each time: hundreds who ask all the time take what the shop needs to come back
const AGAIN_MAX_MS = 1_200

/** `id`, `orderKey` and `cookie`, all that are set in one line, are empty where the answer has none. */
export type Answer = { status: number; id: string; orderKey: string; cookie: string; text: string }

type Own = Record<string, string>

/** Posts, or puts, once. Null when no answer came, or one that says nothing about what was done. */
export async function askOnce(
  url: string,
  body: unknown,
  own: Own,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Answer | null> {
  const headers = { 'content-type': 'application/json', ...own }
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  try {
    const response = await fetch(url, { method, headers, body: JSON.stringify(body), signal })
    const text = await response.text()
    const { status, headers: told } = response
    return status < 500 ? { status, ...placedIn(text), cookie: cookieIn(told), text } : null
  } catch {
    return null
  }
}

/** Asks for what can be read. Null when no answer came, or not what was asked for. */
export async function look<T>(url: string, own: Own, shape: z.ZodType<T>): Promise<T | null> {
  try {
    const response = await fetch(url, { headers: own, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
    return shape.parse(await response.json())
  } catch {
    return null
  }
}

/** Asks until it is answered by something other than `isNotYet`. Null when told to stop before. */
export async function askUntilAnswered(
  ask: () => Promise<Answer | null>,
  signal: AbortSignal,
  isNotYet: (answer: Answer) => boolean,
  onRetry: () => void = () => {},
): Promise<Answer | null> {
  for (let againMs = AGAIN_AFTER_MS; !signal.aborted; againMs = Math.min(2 * againMs, AGAIN_MAX_MS)) {
    const answer = await ask()
    if (answer !== null && !isNotYet(answer)) return answer
    onRetry()
    await delay(againMs)
  }
  return null
}

/** The first request with this key is still being carried out. */
export const isBusy = ({ status, text }: Answer) => status === 409 && text.includes('Idempotency-Key')

/** What says that the admin asks, and by which name. */
export const asAdmin = (key: string): Own => ({ authorization: `Bearer ${ADMIN_TOKEN}`, 'idempotency-key': key })

const placed = z.object({ id: z.string(), key: z.string().default('') })

function placedIn(text: string): Pick<Answer, 'id' | 'orderKey'> {
  try {
    const { id, key: orderKey } = placed.parse(JSON.parse(text))
    return { id, orderKey }
  } catch {
    return { id: '', orderKey: '' }
  }
}

/** What a browser would send along from now on. */
function cookieIn(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
