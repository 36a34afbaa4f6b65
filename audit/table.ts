import { printable } from '../terminal/printable.ts'
import { type Row, table } from '../terminal/table.ts'
import type { AuditReport } from './audit.ts'
import { accountRows, alertRows, lineRows, saleRows, webhookRows } from './figure-rows.ts'
import type { Figures } from './figures.ts'
import { type Check, checks, type Finding } from './finding.ts'

const SHOWN_MAX = 20 // findings of a check; the count tells of the others
const CHECK_WIDTH = 21

/** The report as a table for people. */
export function tableOf({ dataDir, isAtRest, isWell, tookMs, figures, findings }: AuditReport): string {
  const mood = isAtRest ? 'at rest' : 'at work'
  const verdict = isWell
    ? 'All is well.'
    : `WRONG: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.`
  return [
    `Audit of ${dataDir}, ${mood}, in ${(tookMs / 1_000).toFixed(1)} s`,
    table(
      figureRows(figures),
      checkNames.map((check) => [named(check), ofCheck(findings, check).length]),
    ),
    ...checkNames.flatMap((check) => listing(check, ofCheck(findings, check))),
    verdict,
  ].join('\n')
}

/** The report as JSON, with a count for every check and as many findings as the table shows. */
export function jsonOf(report: AuditReport): string {
  const counts = Object.fromEntries(checkNames.map((check) => [check, ofCheck(report.findings, check).length]))
  const findings = checkNames.flatMap((check) => ofCheck(report.findings, check).slice(0, SHOWN_MAX))
  return JSON.stringify({ ...report, counts, findings }, null, 2)
    .split('\n')
    .map(printable)
    .join('\n')
}

const checkNames = Object.keys(checks).filter((name): name is Check => Object.hasOwn(checks, name))

function figureRows({
  orders,
  units,
  money,
  mails,
  accounts,
  sales,
  alerts,
  webhooks,
  lines,
  messages,
}: Figures): Row[] {
  return [
    ['orders', orders.total],
    ...Object.entries(orders.byState)
      .sort()
      .map(([state, count]) => [`  ${state}`, count]),
    ...(orders.waiting > 0 ? [['  waiting for their customer, or a bank', orders.waiting] satisfies Row] : []),
    ['units received', units.received],
    ['units reserved', units.reserved],
    ['units available', units.available],
    ...(units.aside > 0 ? [['units set aside for sales, and free', units.aside] satisfies Row] : []),
    ['charges', money.charges],
    ['refunds', money.refunds],
    ['cents charged', money.chargedCents],
    ['cents refunded', money.refundedCents],
    ['cents kept', money.keptCents],
    ['mails arrived', mails.arrived],
    ['  second copies among them', mails.duplicates],
    ...(accounts.registrations > 0 ? accountRows(accounts) : []),
    ...(sales !== null && sales.total > 0 ? saleRows(sales) : []),
    ...(alerts.asked > 0 ? alertRows(alerts) : []),
    ...(webhooks.subscriptions > 0 || webhooks.due > 0 ? webhookRows(webhooks) : []),
    ...(lines !== null ? lineRows(lines) : []),
    ['messages handled', messages.handled],
    ['messages in an outbox', messages.waiting],
    ['dead letters about orders', messages.deadLettersOfOrders],
    ['dead letters about accounts', messages.deadLettersOfAccounts],
    ['dead letters about sales', messages.deadLettersOfSales],
    ['dead letters about no order', messages.deadLettersOfGarbage],
    ...(messages.deadLettersPutAway > 0
      ? [['dead letters put away with a reason', messages.deadLettersPutAway] satisfies Row]
      : []),
  ]
}

function listing(check: Check, found: Finding[]): string[] {
  if (found.length === 0) return []
  const shown = found.slice(0, SHOWN_MAX).map(({ id, detail }) => printable(`  ${id}  ${detail}`))
  const left = found.length - shown.length
  return [named(check), ...shown, ...(left > 0 ? [`  and ${left} more`] : [])]
}

function named(check: Check): string {
  return check.padEnd(CHECK_WIDTH) + checks[check]
}

function ofCheck(findings: Finding[], check: Check): Finding[] {
  return findings.filter((one) => one.check === check)
}
