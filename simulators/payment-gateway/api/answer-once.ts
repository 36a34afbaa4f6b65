import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Deps, record } from '../change.ts'
import type { Asked, Entry } from '../entry.ts'
import { nowAt } from '../switches.ts'
import { type Answer, answerTo } from './answer-to.ts'
import { keyBusy, keyReused, objectBusy, type Refusal, type Verdict } from './refusal.ts'

const KEY_LIFE_MS = 24 * 60 * 60_000 // then Stripe forgets it: https://docs.stripe.com/api/idempotent_requests

/** A POST: its idempotency key, its endpoint, its form, the object it changes, and what decides it. */
export type Post = {
  key: string | undefined
  path: string
  body: unknown
  base: string
  changes?: string | undefined
  decide(asked: Asked): Verdict
}

/** `recorded`: the outcome is in the ledger, from now or from an earlier request with the same key. */
export type PostAnswer = Answer & { recorded: boolean }

/**
 * Carries out each idempotency key once, by Stripe's rules: for 24 hours the same key with the same parameters gets the
 * stored answer (declines too), with other parameters 400, while it is being carried out 409. Requests that
 * fail validation leave no trace and may be sent again. The entry is on disk before the answer exists.
 */
export function answerOnce(deps: Deps): (post: Post) => Promise<PostAnswer> {
  const { locks } = deps
  return async (post) => {
    const { key, changes } = post
    const keyLock = key === undefined ? undefined : `key ${key}`
    if (key !== undefined && locks.has(`key ${key}`)) return refused(keyBusy(key))
    if (changes !== undefined && locks.has(changes)) return refused(objectBusy(changes))
    const taken = [keyLock, changes].filter((lock) => lock !== undefined)
    for (const lock of taken) locks.add(lock)
    try {
      return await carryOut(post, deps)
    } finally {
      for (const lock of taken) locks.delete(lock)
    }
  }
}

/** A refusal as an answer. */
export function refused({ status, error, headers }: Refusal): PostAnswer {
  return { status, body: { error }, ...(headers && { headers }), recorded: false }
}

async function carryOut(post: Post, deps: Deps): Promise<PostAnswer> {
  const { ledger, switches } = deps
  if (switches.delayMs > 0) await wait(switches.delayMs)
  const fingerprint = fingerprintOf(post)
  const at = nowAt(switches)
  const stored = post.key === undefined ? undefined : ledger.findByKey(post.key)
  if (stored && at < stored.at + KEY_LIFE_MS) return replay(stored, fingerprint, post, deps)
  const outcome = await record(post.decide({ key: post.key, fingerprint, at }), deps)
  return outcome.ok ? recorded(outcome.entry, post, deps) : refused(outcome.refusal)
}

function replay(stored: Entry, fingerprint: string, post: Post, deps: Deps): PostAnswer {
  if (stored.fingerprint !== fingerprint) return refused(keyReused(stored.key ?? ''))
  return { ...recorded(stored, post, deps), headers: { 'Idempotent-Replayed': 'true' } }
}

function recorded(entry: Entry, { body, base }: Post, { ledger }: Deps): PostAnswer {
  return { ...answerTo(entry, { ledger, base, body }), recorded: true }
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
