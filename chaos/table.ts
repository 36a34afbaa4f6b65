import { cpus } from 'node:os'
import { printable } from '../terminal/printable.ts'
import { type Row, table } from '../terminal/table.ts'
import { faultRows } from './fault-rows.ts'
import { lineRows } from './line-rows.ts'
import { liveRows } from './live-rows.ts'
import { faultCount } from './nemesis.ts'
import type { Percentiles } from './recovery-times.ts'
import type { ChaosReport } from './run-chaos.ts'
import { saleRows } from './sale-rows.ts'

/** The whole run as one table for people. */
export function tableOf(report: ChaosReport): string {
  const { plan, verdict } = report
  return [
    `Chaos, seed ${plan.seed}, ${plan.durationMs / 60_000} min, ${cpus().length} cores`,
    table([
      ...orderRows(report),
      ...saleRows(report),
      ...lineRows(report),
      ...liveRows(report),
      ...faultRows(report),
      ...recoveryRows(report),
      ...auditRows(report),
    ]),
    ...verdict.reasons.map((reason) => `  ${printable(reason)}`),
    `${verdict.isPassed ? 'PASSED' : 'FAILED'} (seed ${plan.seed})`,
  ].join('\n')
}

/** What a machine may want to know of the run. */
export function jsonOf({ plan, missing, storm, log, verdict }: ChaosReport): string {
  const { receipts, tally, rest, leftovers, mostPushes, tookMs } = storm
  const { accepted, cancelled, signUps, verified, phoned, deleted, owned } = receipts
  const sets = { accepted, cancelled, signUps, verified, phoned, deleted, owned }
  const sizes = Object.fromEntries(Object.entries(sets).map(([name, { size }]) => [name, size]))
  const sums = { tendered: sum(receipts.tendered), refunds: sum(receipts.refunds) }
  const customers = { ...receipts, ...sizes, ...sums }
  const faults = {
    done: faultCount(tally),
    missed: tally.missed,
    why: Object.fromEntries(tally.why),
    byKind: Object.fromEntries(tally.done),
    missing: Object.fromEntries(missing),
    told: tally.told,
  }
  const seen = {
    deaths: Object.fromEntries(log.deaths),
    repushed: log.repushed,
    ...log.recovery(),
    trouble: log.trouble,
  }
  const { audit, ...judged } = verdict
  const summary = { figures: audit.figures, findings: audit.findings.slice(0, 100) }
  return JSON.stringify(
    {
      plan: { ...plan, faults: plan.faults.length },
      tookMs,
      customers,
      faults,
      seen,
      rest,
      leftovers,
      mostPushes,
      ...(storm.live !== undefined && { live: { ...storm.live.told, said: storm.live.receipts.said.length } }),
      ...judged,
      ...summary,
    },
    null,
    2,
  )
}

function orderRows({ plan, storm: { receipts }, verdict: { audit } }: ChaosReport): Row[] {
  const { byState, total } = audit.figures.orders
  return [
    ['customers who came before it was over / wanted', `${receipts.came} / ${plan.orders}`],
    ['orders in the books', total],
    ...Object.entries(byState)
      .sort()
      .map(([state, count]): Row => [`  ${state}`, count]),
    ['  accepted, and their customers know', receipts.accepted.size],
    ['  cancels that were confirmed', receipts.cancelled.size],
    ['payments that were taken later / came too late', `${sum(receipts.tendered)} / ${receipts.tooLate}`],
    ['refunds that the admin was promised', sum(receipts.refunds)],
    ['sign-ups that were answered', receipts.signUps.size],
    ['  addresses proved / phones proved / accounts deleted', accountsOf(receipts)],
    ['orders placed by somebody signed in', receipts.owned.size],
    ['requests repeated on purpose', receipts.repeated],
    ['requests sent again, for no answer came', receipts.retried],
    ['requests without key whose answer was lost', receipts.unknown],
  ]
}

const accountsOf = ({ verified, phoned, deleted }: ChaosReport['storm']['receipts']) =>
  `${verified.size} / ${phoned.size} / ${deleted.size}`

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((total, one) => total + one, 0)

function recoveryRows({ storm: { rest, leftovers, mostPushes, outside }, log }: ChaosReport): Row[] {
  const { redelivery, return: returned } = log.recovery()
  return [
    ['messages pushed again', log.repushed],
    ['  the most pushes of one message', mostPushes],
    ['kill -9 to its messages pushed again, p50 / p99', times(redelivery)],
    ['kill -9 to its first message handled, p50 / p99', times(returned)],
    ['from the last fault to rest', rest.isAtRest ? `${rest.tookMs} ms` : 'never'],
    ['events told to a subscriber outside, by calls', `${outside.events}, ${outside.calls}`],
    ['status fields left in Redis', leftovers.statusFields],
  ]
}

function times({ count, p50Ms, p99Ms }: Percentiles): string {
  return count === 0 ? 'none' : `${p50Ms} / ${p99Ms} ms of ${count}`
}

const moneyChecks = ['wrongMoney', 'unrefunded', 'chargedWithoutCause', 'doubleCharged']

function auditRows({ verdict: { audit } }: ChaosReport): Row[] {
  const { figures, findings } = audit
  const found = (check: string) => findings.filter((finding) => finding.check === check).length
  return [
    ['charges / refunds', `${figures.money.charges} / ${figures.money.refunds}`],
    ['cents captured − refunded', `${figures.money.chargedCents} − ${figures.money.refundedCents}`],
    ['mails, second copies among them', `${figures.mails.arrived}, ${figures.mails.duplicates}`],
    ['accounts, sign-ups', `${figures.accounts.total}, ${figures.accounts.registrations}`],
    ['SMS, second copies among them', `${figures.accounts.sms}, ${figures.accounts.smsCopies}`],
    ['dead letters of poison', figures.messages.deadLettersOfGarbage],
    ['lost', found('lost')],
    ['oversold', found('oversold')],
    ['charged twice', found('doubleCharged')],
    [
      'orders whose captured − refunded is not what their state says',
      moneyChecks.reduce((all, check) => all + found(check), 0),
    ],
    ['stuck', found('stuck')],
    ['findings of the auditor in all', findings.length],
  ]
}
