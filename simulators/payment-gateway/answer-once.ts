import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../shared/logger.ts'
import type { Asked, Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import { keyBusy, keyReused, objectBusy, type Refusal, type Verdict } from './refusal.ts'
import { type Answer, answerTo } from './stripe-objects.ts'
import type { Switches } from './switches.ts'

export type Deps = { ledger: Ledger; switches: Switches; log: Logger }

/** A POST: its idempotency key, its endpoint, its form, the object it changes, and what decides it. */
export type Post = {
  key: string | undefined
  path: string
  body: unknown
  changes?: string | undefined
  decide(asked: Asked): Verdict
}

/** `recorded`: the outcome is in the ledger, from now or from an earlier request with the same key. */
export type PostAnswer = Answer & { recorded: boolean }

/**
 * Carries out each idempotency key once, by Stripe's rules: the same key with the same parameters gets the
 * stored answer (declines too), with other parameters 400, while it is being carried out 409. Requests that
 * fail validation leave no trace and may be sent again. The entry is on disk before the answer exists.
 */
export function answerOnce(deps: Deps): (post: Post) => Promise<PostAnswer> {
  const busy = new Set<string>()
  return async (post) => {
    const { key, changes } = post
    if (key !== undefined && busy.has(key)) return refused(keyBusy(key))
    if (changes !== undefined && busy.has(changes)) return refused(objectBusy(changes))
    const locks = [key, changes].filter((lock) => lock !== undefined)
    for (const lock of locks) busy.add(lock)
    try {
      return await carryOut(post, deps)
    } finally {
      for (const lock of locks) busy.delete(lock)
    }
  }
}

/** A refusal as an answer. */
export function refused({ status, error, headers }: Refusal): PostAnswer {
  return { status, body: { error }, ...(headers && { headers }), recorded: false }
}

async function carryOut(post: Post, { ledger, switches, log }: Deps): Promise<PostAnswer> {
  if (switches.delayMs > 0) await wait(switches.delayMs)
  const fingerprint = fingerprintOf(post)
  const stored = post.key === undefined ? undefined : ledger.findByKey(post.key)
  if (stored) return replay(stored, fingerprint, ledger)
  const verdict = post.decide({ key: post.key, fingerprint, at: Date.now() })
  if (!verdict.ok) return refused(verdict.refusal)
  await ledger.write(verdict.entry)
  const { orderId, intentId, amountCents, key } = verdict.entry
  log.info({ orderId, intentId, amountCents, key }, wording[verdict.entry.kind])
  return recorded(verdict.entry, ledger)
}

const wording = {
  charge: 'card.charged',
  decline: 'card.declined',
  refund: 'charge.refunded',
  cancel: 'intent.cancelled',
} satisfies Record<Entry['kind'], string>

function replay(stored: Entry, fingerprint: string, ledger: Ledger): PostAnswer {
  if (stored.fingerprint !== fingerprint) return refused(keyReused(stored.key ?? ''))
  return { ...recorded(stored, ledger), headers: { 'Idempotent-Replayed': 'true' } }
}

function recorded(entry: Entry, ledger: Ledger): PostAnswer {
  const intent = ledger.findIntent(entry.intentId)
  if (!intent) throw new Error(`${entry.intentId} was never opened`)
  return { ...answerTo(entry, intent), recorded: true }
}

function fingerprintOf({ path, body }: Post): string {
  return createHash('sha256')
    .update(JSON.stringify([path, sorted(body)]))
    .digest('base64url')
}

/** The same parameters in another order are the same parameters. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)])
}
