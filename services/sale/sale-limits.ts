import type { Logger } from '../../shared/logger.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import type { Request } from '../../shared/web/http.ts'
import { createRateLimit, type Policy } from '../../shared/web/rate-limit.ts'
import { createTeller } from '../../shared/web/tell-refused.ts'

/** What keeps one from taking all places of a line. The admin is not counted. */
export type SaleLimits = {
  /** Throws a 429 when more have joined from one address than one office has. */
  join(req: Request): Promise<void>
  /** Throws a 429 when more is said from one address than an office has to say. */
  say(req: Request): Promise<void>
  /** Counts a request for a ticket that was not its customer's. Throws a 429 when it tries one key after the other. */
  strange(req: Request): Promise<void>
}

const MINUTE = 60

const POLICIES = {
  joins: { name: 'entries', quota: 60, windowS: MINUTE, refusal: 'Too many have joined sales from your address.' },
  says: { name: 'room', quota: 120, windowS: MINUTE, refusal: 'Too much was said from your address.' },
  keys: {
    name: 'wrong-tickets',
    quota: 60,
    windowS: 15 * MINUTE,
    refusal: 'Too many wrong keys of tickets from your address.',
  },
} satisfies Record<string, Policy>

/** Counts in memory, so per process: a restart forgets. One mailbox joins once, so nothing is counted by mailbox. */
export function createSaleLimits({ isAdmin }: Pick<Guard, 'isAdmin'>, log: Logger): SaleLimits {
  const [joins, says] = [createRateLimit(POLICIES.joins), createRateLimit(POLICIES.says)]
  const wrongKeys = createRateLimit(POLICIES.keys)
  const tellStrange = createTeller(log, 'ticket.guessed')
  return {
    join: async (req) => {
      if (!(await isAdmin(req))) await joins.take(clientOf(req))
    },
    say: async (req) => {
      if (!(await isAdmin(req))) await says.take(clientOf(req))
    },
    strange: (req) =>
      wrongKeys.take(clientOf(req)).catch((refusal: unknown) => {
        tellStrange({ address: clientOf(req) })
        throw refusal
      }),
  }
}
