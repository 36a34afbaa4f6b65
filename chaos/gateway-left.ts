import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditReport, audit } from '../audit/audit.ts'
import { Unusable } from '../audit/unusable.ts'

export const QUIET_MS = 4_000 // what the gateway does by itself, as a refund that is pending, it does within three seconds

/** How much is under way at the gateway, or has happened there and payment has not learnt it. */
export function gatewayLeft(dataDir: string): number {
  const ledger = statSync(join(dataDir, 'payment-ledger.jsonl'), { throwIfNoEntry: false })
  if (ledger !== undefined && Date.now() - ledger.mtimeMs < QUIET_MS) return 1
  try {
    return openFindings(audit(dataDir, { atRest: true }))
  } catch (error) {
    if (error instanceof Unusable) return 1 // its service died and is just putting the file in order
    throw error
  }
}

/** How many of an audit's findings are about what may still come to an end by itself. */
export function openFindings({ findings }: AuditReport): number {
  return findings.filter(({ check }) => check === 'unlearnt' || check === 'leftOpen').length
}
