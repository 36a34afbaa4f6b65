import type { AuditReport } from './audit.ts'
import type { Figures } from './figures.ts'
import { type Check, checks, type Finding } from './finding.ts'
import { printable } from './printable.ts'

const SHOWN_MAX = 20 // findings of a check; the count tells of the others
const CHECK_WIDTH = 21
const NAME_WIDTH = 72
const FIGURE_WIDTH = 12

/** The report as a table for people. */
export function tableOf({ dataDir, isAtRest, isWell, tookMs, figures, findings }: AuditReport): string {
  const mood = isAtRest ? 'at rest' : 'at work'
  const verdict = isWell
    ? 'All is well.'
    : `WRONG: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.`
  return [
    `Audit of ${dataDir}, ${mood}, in ${(tookMs / 1_000).toFixed(1)} s`,
    RULE,
    ...figureRows(figures),
    RULE,
    ...checkNames.map((check) => row(named(check), ofCheck(findings, check).length)),
    RULE,
    ...(isWell ? [] : [...checkNames.flatMap((check) => listing(check, ofCheck(findings, check))), RULE]),
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

const RULE = '─'.repeat(NAME_WIDTH + FIGURE_WIDTH)
const checkNames = Object.keys(checks).filter((name): name is Check => Object.hasOwn(checks, name))

function figureRows({ orders, units, money, mails, messages }: Figures): string[] {
  return [
    row('orders', orders.total),
    ...Object.entries(orders.byState)
      .sort()
      .map(([state, count]) => row(`  ${state}`, count)),
    row('units received', units.received),
    row('units reserved', units.reserved),
    row('units available', units.available),
    row('charges', money.charges),
    row('refunds', money.refunds),
    row('cents charged', money.chargedCents),
    row('cents refunded', money.refundedCents),
    row('cents kept', money.keptCents),
    row('mails arrived', mails.arrived),
    row('  second copies among them', mails.duplicates),
    row('messages handled', messages.handled),
    row('messages in an outbox', messages.waiting),
    row('dead letters about orders', messages.deadLettersOfOrders),
    row('dead letters about no order', messages.deadLettersOfGarbage),
  ]
}

function row(name: string, figure: number): string {
  return name.padEnd(NAME_WIDTH) + figure.toLocaleString('en').padStart(FIGURE_WIDTH)
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
