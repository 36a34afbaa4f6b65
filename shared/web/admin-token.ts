import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger } from '../logger.ts'
import { clientOf } from './client-address.ts'
import type { Request } from './http.ts'
import { Problem } from './problem.ts'
import { createRateLimit, type Policy } from './rate-limit.ts'
import { createTeller } from './tell-refused.ts'

/** Whether a token that someone gave is the admin's. Throws a 429 when there have been too many wrong ones from there. */
export type CheckToken = (req: Request, given: string) => Promise<boolean>

const POLICY: Policy = {
  name: 'wrong-tokens',
  quota: 20,
  windowS: 60,
  refusal: 'Too many wrong admin tokens from your address.',
}

/**
 * Slows down whoever guesses: after 20 wrong ones a minute no token from there is looked at, so that guessing on is no
 * use. Sessions that are open already go on.
 */
export function createTokenCheck(token: string, log: Logger): CheckToken {
  const wrong = createRateLimit(POLICY)
  const tell = createTeller(log, 'admin.refused')
  return async (req, given) => {
    const client = clientOf(req)
    await wrong.check(client)
    if (isToken(given, token)) return true
    await wrong.note(client)
    tell({ address: client })
    return false
  }
}

/** The token of `Authorization: Bearer <token>`, if there is one. The scheme is spelt in any case: RFC 9110, 11.1 */
export function bearerOf(req: Request): string | undefined {
  return /^bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1]
}

/** The refusal of someone who has not shown who they are. */
export function unauthorized(detail: string): Problem {
  return new Problem(401, 'Unauthorized', detail).with({ 'WWW-Authenticate': 'Bearer realm="Orderline"' })
}

/** Compares in constant time, so that a secret cannot be guessed letter by letter. */
export function isToken(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
