import type { Outcome } from './lines.ts'
import type { Answer } from './post-webhook.ts'

/** What an answer means for the delivery, and for the line to the subscriber. */
export type Verdict = Outcome & { kind: 'taken' | 'refused' | 'gone'; said: string }

const MAX_REST_MS = 3_600_000

/**
 * 2xx is taken. 410 says that nobody wants to hear of it any more. 429 and 5xx are about the subscriber as a whole, and so
 * is silence; any other answer is about this one event. A Retry-After is obeyed, up to an hour. Pure; `now` in ms.
 */
export function verdictOn(answer: Answer, now: number): Verdict {
  if ('failure' in answer) return { kind: 'refused', said: answer.failure, isAway: true, restMs: null }
  const { status, retryAfter } = answer
  const said = `answered ${status}${status >= 300 && status < 400 ? ', and redirections are not followed' : ''}`
  if (status >= 200 && status < 300) return { kind: 'taken', said, isAway: false, restMs: null }
  if (status === 410) return { kind: 'gone', said, isAway: false, restMs: null }
  const isAway = status === 429 || status >= 500
  return { kind: 'refused', said, isAway, restMs: isAway ? restOf(retryAfter, now) : null }
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function restOf(retryAfter: string | undefined, now: number): number | null {
  if (retryAfter === undefined) return null
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_REST_MS)
}
