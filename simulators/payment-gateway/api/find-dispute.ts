import type { Dispute } from '../entry.ts'
import { disputesOf } from '../intent.ts'
import type { Ledger } from '../ledger.ts'

/** A dispute as it stands. */
export function findDispute(id: string, ledger: Ledger): Dispute | undefined {
  const intent = ledger.findIntentOf(id)
  return intent && disputesOf(intent).find(({ disputeId }) => disputeId === id)
}
