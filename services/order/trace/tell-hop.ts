import type { Sent } from './find-sent.ts'
import type { LogLine } from './hear-log.ts'
import type { Heard } from './hear-receivers.ts'
import type { Hop } from './trace-answer.ts'
import { type Failure, waitsOf } from './waits.ts'

const FAILED = ['retrying', 'deferred']
const AGAIN = 'message.again'
const DEAD = 'message.dead'

/**
 * What became of a message, by what its receiver has on disk, what it says in Redis, and what it wrote into the log; null where
 * the log cannot be asked. What the log tells last is what the disk tells first. Pure.
 */
export function tellHop(sent: Sent, log: LogLine[] | null, { handled, queue }: Heard, now: number): Hop {
  const lines = (log ?? []).filter(({ messageId, service }) => messageId === sent.messageId && service === sent.to)
  const [done, ...others] = lines.filter(({ ms }) => ms !== undefined)
  const failures = lines.flatMap(failureIn)
  const word = handled?.get(sent.messageId)
  const end = done ?? lines.findLast(({ msg }) => msg === DEAD)
  const outcome = word?.outcome ?? (end && (end === done ? 'done' : 'dead')) ?? null
  const copies = lines.filter(({ msg }) => msg === AGAIN)
  return {
    ...sent,
    beganAt: end === undefined ? null : Math.max(beganAt(end), sent.sentAt),
    doneAt: end?.time ?? word?.at ?? null,
    outcome,
    failures: failures.map(({ beganAt, failedAt }) => ({ beganAt, failedAt })),
    copiesAt: [...copies, ...others].map(({ time }) => time).sort((a, b) => a - b),
    waits: outcome === null ? waitsOf(sent, queue, failures, now) : null,
  }
}

function failureIn({ msg, time, attempt = 1, delayMs = 0, isOutage = false, ...held }: LogLine): Failure[] {
  if (!FAILED.includes(msg)) return []
  return [{ beganAt: beganAt({ time, ...held }), failedAt: time, attempt, nextAt: time + delayMs, isOutage }]
}

const beganAt = ({ time, heldMs = 0 }: Pick<LogLine, 'time' | 'heldMs'>) => time - Math.round(heldMs)
