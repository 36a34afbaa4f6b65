import { z } from 'zod'
import { jsonLines } from './json-lines.ts'

const entry = z.object({
  kind: z.string(),
  orderId: z.string().optional(),
  intentId: z.string().optional(),
  sessionId: z.string().optional(),
  disputeId: z.string().optional(),
  refundId: z.string().optional(),
  status: z.string().optional(),
  amountCents: z.int().default(0),
  currency: z.string().default(''),
  at: z.number().default(0), // ms
})

export type LedgerEntry = z.infer<typeof entry>

/**
 * What the gateway knows of one order: the charges, line by line; refunds, sessions and disputes as the last line of each
 * tells; and the last word on each intent.
 */
export type Account = {
  charges: LedgerEntry[]
  refunds: Map<string, LedgerEntry>
  sessions: Map<string, LedgerEntry>
  disputes: Map<string, LedgerEntry>
  intents: Map<string, LedgerEntry>
}

/** What really happened at the gateway: accounts by order, and what moved in nobody's name. */
export type Ledger = { accounts: Map<string, Account>; nameless: LedgerEntry[] }

/** An order of which the gateway has never heard. */
export const untouched = (): Account => ({
  charges: [],
  refunds: new Map(),
  sessions: new Map(),
  disputes: new Map(),
  intents: new Map(),
})

/** Reads the gateway's own file. */
export function readLedger(path: string): Ledger {
  const ledger: Ledger = { accounts: new Map(), nameless: [] }
  for (const line of jsonLines(path, entry)) enter(ledger, line)
  return ledger
}

function enter({ accounts, nameless }: Ledger, line: LedgerEntry): void {
  const isMoney = line.kind === 'charge' || line.kind === 'refund'
  if (line.orderId === undefined) return void (isMoney && nameless.push(line))
  const account = accounts.get(line.orderId) ?? untouched()
  accounts.set(line.orderId, account)
  if (line.kind === 'charge') account.charges.push(line)
  if (line.kind === 'refund') account.refunds.set(line.refundId ?? `refund ${account.refunds.size}`, line)
  if (line.kind === 'session') account.sessions.set(line.sessionId ?? '', line)
  if (line.kind === 'dispute') account.disputes.set(line.disputeId ?? '', line)
  if (isAboutIntent(line) && line.intentId !== undefined) account.intents.set(line.intentId, line)
}

const isAboutIntent = ({ kind }: LedgerEntry) => ['open', 'charge', 'decline', 'cancel'].includes(kind)

/** Cents of all these entries. */
export function sumCents(entries: Iterable<LedgerEntry>): number {
  return [...entries].reduce((sum, { amountCents }) => sum + amountCents, 0)
}

/** The refunds that were not taken back: one that failed leaves the money where it was. */
export function refundsOf({ refunds }: Account): LedgerEntry[] {
  return [...refunds.values()].filter((refund) => !hasFailed(refund))
}

/** Those that did not arrive. */
export function failedRefundsOf({ refunds }: Account): LedgerEntry[] {
  return [...refunds.values()].filter(hasFailed)
}

/** What the customer's bank has taken back, or may yet. */
export function chargebacksOf({ disputes }: Account): LedgerEntry[] {
  return [...disputes.values()].filter(({ status = '' }) => status !== 'won' && !status.startsWith('warning'))
}

const hasFailed = ({ status }: LedgerEntry) => status === 'failed' || status === 'canceled'
