import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditReport, audit } from '../audit/audit.ts'
import { Unusable } from '../audit/unusable.ts'

const QUIET_MS = 4_000 // what the gateway does by itself, as a refund that is pending, it does within three seconds

/**
 * How much is under way at the gateway, or has happened there and payment has not learnt it; by an audit of the files, where no
 * other is given.
 */
export async function gatewayLeft(
  dataDir: string,
  audited: () => AuditReport | Promise<AuditReport> = () => audit(dataDir, { atRest: true, isWithoutLines: true }),
): Promise<number> {
  const ledger = statSync(join(dataDir, 'payment-ledger.jsonl'), { throwIfNoEntry: false })
  if (ledger !== undefined && Date.now() - ledger.mtimeMs < QUIET_MS) return 1
  try {
    const { findings } = await audited()
    return findings.filter(({ check }) => check === 'unlearnt' || check === 'leftOpen').length
  } catch (error) {
    if (error instanceof Unusable) return 1 // its service died and is just putting the file in order, or the database is away
    throw error
  }
}
