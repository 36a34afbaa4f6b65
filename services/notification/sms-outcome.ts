import type { Emit } from '../../shared/handler.ts'
import type { Sms } from './sms.ts'
import type { Tidings } from './texter.ts'
import type { TextRefusal } from './texter-failure.ts'

/** What the gateway said to an SMS: that it has taken it, or never will. */
export type Outcome = { sid: string } | TextRefusal

/** How an SMS stands, and what has to be written of it; null where nothing is new. */
export type Verdict = { sms: Sms; moved: Sms | null }

const LOOK_MS = 30_000 // by then the gateway should have told what became of it
const LOOKED_FOR_MS = 24 * 60 * 60_000 // not all networks tell

/** What an answer does to an SMS. One that has been told of meanwhile stays as it was told; null is no answer. */
export function verdictOn(sms: Sms | null, outcome: Outcome | null): Verdict[] {
  if (sms === null) return []
  if (sms.state !== 'sending' || outcome === null) return [{ sms, moved: null }]
  const moved: Sms =
    'sid' in outcome
      ? { ...sms, state: 'sent', sid: outcome.sid, lookAt: Date.now() + LOOK_MS }
      : { ...sms, state: 'failed', errorCode: outcome.refusal.code, reason: outcome.refusal.reason, lookAt: null }
  return [{ sms: moved, moved }]
}

/** What tidings do to an SMS; null where they are old, of no meaning, or about a copy of it. It never moves back. */
export function afterTidings(sms: Sms, { sid, status, code }: Tidings): Sms | null {
  const isOver = sms.state === 'delivered' || sms.state === 'failed'
  if (isOver || (sms.sid !== null && sms.sid !== sid)) return null
  if (status === 'delivered' || status === 'read') return { ...sms, sid, state: 'delivered', lookAt: null }
  if (status === 'undelivered' || status === 'failed')
    return { ...sms, sid, state: 'failed', errorCode: code, reason: `${status} ${code ?? ''}`.trim(), lookAt: null }
  return sms.state === 'sending' ? { ...sms, sid, state: 'sent', lookAt: Date.now() + LOOK_MS } : null
}

/** When to look again, which is later and later; null when it has been looked for long enough. */
export function nextLook({ at }: Sms, now: number): number | null {
  const ageMs = Math.max(now - at, LOOK_MS)
  return ageMs > LOOKED_FOR_MS ? null : now + ageMs
}

/** Tells that an SMS will not arrive. */
export function tellFailure({ id, subject, kind, phone, sid, errorCode: code, reason }: Sms, emit: Emit): void {
  emit({ name: 'sms.failed', subject, data: { kind, phone, sid, code, reason: reason ?? 'unknown', sms: id } })
}
