import type { Logger } from '../../../shared/logger.ts'
import { clientOf } from '../../../shared/web/client-address.ts'
import type { Request } from '../../../shared/web/http.ts'
import { createRateLimit, type Policy } from '../../../shared/web/rate-limit.ts'
import { createTeller } from '../../../shared/web/tell-refused.ts'

/** What keeps one from having mails sent to strangers, and from trying codes. Both methods throw a 429. */
export type AlertLimits = {
  ask(req: Request): Promise<void>
  useCode(req: Request): Promise<void>
  /** Mails to one mailbox in a day that nobody there confirms. */
  perMailbox: number
}

const POLICIES = {
  asks: { name: 'alerts', quota: 30, windowS: 3_600, refusal: 'Too many alerts were asked for from your address.' },
  codes: { name: 'alert-codes', quota: 60, windowS: 900, refusal: 'Too many links were followed from your address.' },
} satisfies Record<string, Policy>

/** Counts clients in memory, so per process: a restart forgets. Refusals are told in the log. */
export function createAlertLimits(log: Logger): AlertLimits {
  const limit = (policy: Policy) => {
    const { take } = createRateLimit(policy)
    const tell = createTeller(log, 'alert.limited') // of its own, for one limit must not hide the other
    return (req: Request) =>
      take(clientOf(req)).catch((refusal: unknown) => {
        tell({ limit: policy.name, address: clientOf(req) })
        throw refusal
      })
  }
  return { ask: limit(POLICIES.asks), useCode: limit(POLICIES.codes), perMailbox: 5 }
}

/** Where nobody is limited. */
export const noLimits: AlertLimits = {
  ask: async () => {},
  useCode: async () => {},
  perMailbox: Number.MAX_SAFE_INTEGER,
}
