import { type AuditReport, audit } from '../audit/audit.ts'
import type { Rest } from './await-rest.ts'
import { blowsToWrites } from './database-deed.ts'
import { SECOND } from './fault.ts'
import { blowsToMails } from './hosts/host-deed.ts'
import { brokenPromises } from './judge-accounts.ts'
import { brokenLines, countLines, type LinesKept } from './judge-lines.ts'
import { brokenLive } from './judge-live.ts'
import { brokenSales } from './judge-sales.ts'
import type { LogWatch } from './log-watch.ts'
import { faultCount } from './nemesis.ts'
import type { Plan } from './plan.ts'
import type { Storm } from './storm.ts'
import { fewerThan, notIn, poisonLetters, workLeft } from './work-left.ts'

/** Passed when there is no reason why not. */
export type Verdict = { isPassed: boolean; reasons: string[]; audit: AuditReport; lines?: LinesKept }

/** Holds what was promised against what is in the books of the shop, which is closed. */
export function judge(plan: Plan, storm: Storm, log: LogWatch): Verdict {
  const { dataDir } = plan
  const report = audit(dataDir, {
    atRest: true,
    accepted: storm.receipts.accepted,
    allowDuplicateMails: explainedDuplicates(plan, storm, log),
    allowDeadLetters: poisonLetters(dataDir),
    allowUnwritten: UNWRITTEN_A_DEATH * ((log.deaths.get('order') ?? 0) + blowsToWrites(storm.tally)),
  })
  const lines = storm.lines && { ...storm.lines, ...countLines(storm.lines.told, dataDir) }
  const reasons = [
    ...restless(storm.rest),
    ...storm.unready,
    ...starving(storm, log),
    ...storm.tally.broken,
    ...storm.nextDoor,
    ...storm.outside.untold,
    ...storm.receipts.complaints,
    ...unserved(storm),
    ...uncancelled(storm, dataDir),
    ...forgotten(storm, dataDir),
    ...unasked(storm, dataDir),
    ...brokenPromises(storm.receipts, plan),
    ...(storm.sales === undefined ? [] : [...storm.sales.wrong, ...brokenSales(storm.sales.told, dataDir)]),
    ...(lines === undefined ? [] : brokenLines(lines)),
    ...(storm.live === undefined ? [] : brokenLive(storm.live.told, storm.live.receipts, dataDir)),
    ...summaryOf(report),
  ]
  return { isPassed: reasons.length === 0, reasons, audit: report, ...(lines !== undefined && { lines }) }
}

const UNWRITTEN_A_DEATH = 300 // customers at once: an order is on disk before its line is written, or before that is known
const MAILS_IN_HAND_MAX = 64 // what a worker sends at once
const MAILS_A_BLOW = 8 // of a few customers a second: 36 second copies came in a run of 24 blows

/**
 * A mail is sent again when its worker, the server or their connection died after the server had it on disk; and where there
 * are two workers, each may have one copy of a list that was repeated in hand. So it may where hosts were lost, or cut off; there
 * one blow may find hands full, the others find few mails in them.
 */
function explainedDuplicates({ doubled = [] }: Plan, { tally }: Storm, log: LogWatch): number {
  const deaths = [SECOND, 'notification', 'mailbox'].reduce((sum, name) => sum + (log.deaths.get(name) ?? 0), 0)
  const cuts = tally.done.get('mail outage') ?? 0
  const repeats = doubled.includes('notification') ? (tally.done.get('repeat a list') ?? 0) : 0
  const blows = blowsToMails(tally)
  const ofBlows = blows === 0 ? 0 : MAILS_IN_HAND_MAX + MAILS_A_BLOW * blows
  const undone = blowsToWrites(tally) * (1 + (doubled.includes('notification') ? 1 : 0)) // in the hands of each worker
  return log.lostMailAnswers + MAILS_IN_HAND_MAX * (deaths + cuts + repeats + undone) + ofBlows
}

function restless({ isAtRest, tookMs, left }: Rest): string[] {
  if (isAtRest) return []
  const { open, messages, queued, mostPushes, unlearnt } = left
  const out = `${open} orders open, ${messages} messages out, ${queued} in lists, one pushed ${mostPushes} times`
  const what = `${out}, ${unlearnt} facts of the gateway to be learnt`
  return [`not at rest after ${Math.round(tookMs / 1_000)} s: ${what}`]
}

const PUSHES_A_BLOW = 4 // a death is seen as two or three changes: one has gone, one has come, Redis was away
const GRACE_MS = 30_000

/** A message that is pushed again and again, with nothing to explain it, keeps others from being handled. */
function starving({ mostPushes, tally, tookMs }: Storm, log: LogWatch): string[] {
  const blows = faultCount(tally) + tally.missed + log.deathCount()
  const explained = 1 + PUSHES_A_BLOW * blows + tookMs / GRACE_MS
  return mostPushes > explained ? [`a message was pushed ${mostPushes} times`] : []
}

function unserved({ receipts: { givenUp } }: Storm): string[] {
  return givenUp > 0 ? [`${givenUp} customers were never answered`] : []
}

/** Whoever was told that the order is cancelled must find it so. */
function uncancelled({ receipts }: Storm, dataDir: string): string[] {
  const ids = notIn(['cancelled', 'refunded'], receipts.cancelled, dataDir)
  return ids.length > 0 ? [`${ids.length} cancels were forgotten: ${ids.slice(0, 5).join(', ')}`] : []
}

/** Whoever was told that a card, or a refund, is on its way must find that in the order's story. */
function forgotten({ receipts: { tendered, refunds } }: Storm, dataDir: string): string[] {
  const [cards, moneys] = [
    fewerThan(tendered, 'order.tendered', dataDir),
    fewerThan(refunds, 'order.refundAsked', dataDir),
  ]
  return [
    ...(cards.length > 0 ? [`${cards.length} payments were forgotten: ${cards.slice(0, 5).join(', ')}`] : []),
    ...(moneys.length > 0 ? [`${moneys.length} refunds were forgotten: ${moneys.slice(0, 5).join(', ')}`] : []),
  ]
}

/** More orders than customers asked for: a repeated request has made a second one. */
function unasked({ receipts: { accepted, unknown } }: Storm, dataDir: string): string[] {
  const surplus = workLeft(dataDir, undefined, ['order']).placed - accepted.size - unknown
  return surplus > 0 ? [`${surplus} orders nobody has placed`] : []
}

function summaryOf({ findings }: AuditReport): string[] {
  const checks = [...new Set(findings.map(({ check }) => check))]
  return checks.map((check) => {
    const found = findings.filter((finding) => finding.check === check)
    return `audit: ${check} ${found.length}, as ${found[0]?.id} (${found[0]?.detail})`
  })
}
