import { type Books, readBooks } from './books.ts'
import { checkAccounts } from './check-accounts.ts'
import { checkAlerts } from './check-alerts.ts'
import { checkEntries } from './check-entries.ts'
import { checkEvents } from './check-events.ts'
import { checkGateway } from './check-gateway.ts'
import { checkLines } from './check-lines.ts'
import { checkLive } from './check-live.ts'
import { checkLogs } from './check-logs.ts'
import { checkMails } from './check-mails.ts'
import { checkMessages } from './check-messages.ts'
import { checkMoney } from './check-money.ts'
import { checkOrders } from './check-orders.ts'
import { checkPayments } from './check-payments.ts'
import { checkSales } from './check-sales.ts'
import { checkStock } from './check-stock.ts'
import { checkTexts } from './check-texts.ts'
import { checkTimelines } from './check-timelines.ts'
import { checkWebhooks } from './check-webhooks.ts'
import { type Copy, copyDatabase, type Seen } from './copy-database.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Finding } from './finding.ts'

export type AuditOptions = {
  /** All work is done, so what is not done is wrong. When not given, the auditor sees for itself whether it is. */
  atRest?: boolean
  /** Ids of orders whose customers were told that they are accepted. */
  accepted?: Iterable<string>
  /** How many second copies of mails crashes explain. */
  allowDuplicateMails?: number
  /** How many second copies of SMS crashes explain, beyond those whose first copy the gateway has not answered for. */
  allowDuplicateSms?: number
  /** How many orders may have no line that tells of them, for their program died before it could. */
  allowUnwritten?: number
  /** How many dead letters that are about no order are there on purpose. */
  allowDeadLetters?: number
  /** The files are a copy of a database, and this was seen of it. */
  seen?: Seen
  /** The lines that logs keeps are not looked at: they are most of what there is. */
  isWithoutLines?: boolean
}

export type AuditReport = {
  dataDir: string
  isAtRest: boolean
  isWell: boolean
  tookMs: number
  figures: Figures
  findings: Finding[]
}

/**
 * Checks the shop whose files are in `dataDir`, which may be open for business, against what it promises. Reads
 * files only, and shares no code with the shop. Throws `Unusable` when a file is missing or is none of its kind.
 */
export function audit(dataDir: string, options: AuditOptions = {}): AuditReport {
  const since = Date.now()
  const { atRest: isSaidToRest = false, seen, isWithoutLines = false } = options
  const books = readBooks(dataDir, { isSaidToRest, seen, isWithoutLines })
  const findings = [...checkAll(books, options)]
  const { isAtRest } = books
  const figures = figuresOf(books)
  return { dataDir, isAtRest, isWell: findings.length === 0, tookMs: Date.now() - since, figures, findings }
}

/**
 * The same of a shop whose tables are in a PostgreSQL database, by one snapshot of it; what the gateways and the mail server
 * have written down is in `dataDir` all the same.
 */
export async function auditDatabase(url: string, dataDir: string, options: AuditOptions = {}): Promise<AuditReport> {
  const copy: Copy = await copyDatabase(url, dataDir)
  try {
    return { ...audit(copy.dataDir, { ...options, seen: copy.seen }), dataDir }
  } finally {
    copy.remove()
  }
}

function* checkAll(books: Books, options: AuditOptions): Generator<Finding, void> {
  yield* checkOrders(books, options.accepted ?? [])
  yield* checkTimelines(books)
  yield* checkStock(books)
  yield* checkSales(books)
  yield* checkLines(books)
  yield* checkEntries(books)
  yield* checkMoney(books)
  yield* checkPayments(books)
  yield* checkGateway(books)
  yield* checkMails(books, options.allowDuplicateMails ?? 0)
  yield* checkAccounts(books)
  yield* checkTexts(books, options.allowDuplicateSms ?? 0)
  yield* checkAlerts(books)
  yield* checkLive(books)
  yield* checkEvents(books)
  yield* checkMessages(books, options.allowDeadLetters ?? 0)
  yield* checkWebhooks(books)
  yield* checkLogs(books, options.allowUnwritten ?? 0)
}
