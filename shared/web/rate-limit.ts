import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from './problem.ts'

/** So many of something in so many seconds; `refusal` tells a person what there was too much of. */
export type Policy = { name: string; quota: number; windowS: number; refusal: string }

/**
 * Counts by key in windows that begin with the first of each. Memory of this process: another one counts for itself,
 * and a restart forgets. Both methods that refuse throw a 429 that says when to come back.
 */
export type RateLimit = {
  /** Counts `units`, and refuses when that is more than there may be. */
  take(key: string, units?: number): Promise<void>
  /** Refuses when all has been used up; counts nothing. */
  check(key: string): Promise<void>
  /** Counts one, and refuses nothing. */
  note(key: string): Promise<void>
}

export function createRateLimit(policy: Policy): RateLimit {
  const counter = new RateLimiterMemory({ points: policy.quota, duration: policy.windowS })
  return {
    take: async (key, units = 1) => {
      await counter.consume(key, units).catch((error: unknown) => {
        throw error instanceof RateLimiterRes ? tooMany(policy, error.msBeforeNext) : error
      })
    },
    check: async (key) => {
      const state = await counter.get(key)
      if (state !== null && state.remainingPoints === 0) throw tooMany(policy, state.msBeforeNext)
    },
    note: async (key) => void (await counter.penalty(key)),
  }
}

/** Headers by https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-11.html */
function tooMany({ name, quota, windowS, refusal }: Policy, msBeforeNext: number): Problem {
  const againS = Math.max(1, Math.ceil(msBeforeNext / 1_000))
  return new Problem(429, 'Too many requests', `${refusal} Come back in ${againS} s.`).with({
    'Retry-After': String(againS),
    'RateLimit-Policy': `"${name}";q=${quota};w=${windowS}`,
    RateLimit: `"${name}";r=0;t=${againS}`,
  })
}
