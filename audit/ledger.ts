import { z } from 'zod'
import { jsonLines } from './json-lines.ts'

const entry = z.object({
  kind: z.string(),
  orderId: z.string().optional(),
  intentId: z.string(),
  amountCents: z.int(),
  currency: z.string(),
  refundId: z.string().optional(),
})

export type LedgerEntry = z.infer<typeof entry>

/** The money that moved for one order. */
export type Account = { charges: LedgerEntry[]; refunds: LedgerEntry[] }

/** What really happened at the gateway: accounts by order, and what moved in nobody's name. */
export type Ledger = { accounts: Map<string, Account>; nameless: LedgerEntry[] }

/** Reads the gateway's own file. */
export function readLedger(path: string): Ledger {
  const ledger: Ledger = { accounts: new Map(), nameless: [] }
  for (const line of jsonLines(path, entry)) if (line.kind === 'charge' || line.kind === 'refund') enter(ledger, line)
  return ledger
}

function enter({ accounts, nameless }: Ledger, line: LedgerEntry): void {
  if (line.orderId === undefined) return void nameless.push(line)
  const account = accounts.get(line.orderId) ?? { charges: [], refunds: [] }
  accounts.set(line.orderId, account)
  if (line.kind === 'charge') account.charges.push(line)
  else account.refunds.push(line)
}

/** Cents of all these entries. */
export function sumCents(entries: LedgerEntry[]): number {
  return entries.reduce((sum, { amountCents }) => sum + amountCents, 0)
}
