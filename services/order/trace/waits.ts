import type { Status } from '../../../shared/protocol/status.ts'
import type { Beat } from '../../../shared/protocol/workers.ts'
import type { Sent } from './find-sent.ts'
import type { Heard } from './hear-receivers.ts'
import type { Hop, Waits } from './trace-answer.ts'

/** A failed attempt, and when (ms) the next one was due. */
export type Failure = Hop['failures'][number] & { attempt: number; nextAt: number; isOutage: boolean }

/** What a message waits for that has not been handled, as of `now` (ms). Pure. */
export function waitsOf({ messageId, sentAt }: Sent, queue: Heard['queue'], failures: Failure[], now: number): Waits {
  const last = failures.at(-1)
  const since = last?.failedAt ?? sentAt
  const wait = (is: Waits['is'], from = since, more: Partial<Waits> = {}): Waits => {
    const tried = { attempt: last?.attempt ?? null, nextInMs: null, isOutage: last?.isOutage ?? false }
    return { is, sinceMs: Math.max(0, now - from), ...tried, ...more }
  }
  if (queue === null) return wait('stored')
  const word = queue.words.get(messageId) ?? null
  if (word?.state === 'processing' && queue.live.has(word.worker)) return wait('working', word.since)
  if (word?.state === 'retrying') return wait('retrying', since, nextOf(word, last, now))
  return wait(standing([...queue.live.values()]))
}

/** The word in Redis tells for how long it waits, and not since when; the log does, once it has the line. */
function nextOf({ attempt, delayMs }: Extract<Status, { state: 'retrying' }>, last: Failure | undefined, now: number) {
  const isTold = last?.attempt === attempt - 1
  return { attempt: attempt - 1, nextInMs: Math.max(0, isTold ? last.nextAt - now : delayMs) }
}

function standing(live: Beat[]): Waits['is'] {
  if (live.length === 0) return 'unmanned'
  return live.every(({ pausedAt }) => pausedAt !== undefined) ? 'paused' : 'queued'
}
