import type { Ledger } from './ledger.ts'

/** What is being changed just now, and the idempotency keys under way. */
export type Locks = Set<string>

/** What has to be held while an intent is changed: what came from a hosted page is changed by the page, too. */
export function lockOf(intentId: string, ledger: Ledger): string {
  return ledger.findIntent(intentId)?.opened.sessionId ?? intentId
}
