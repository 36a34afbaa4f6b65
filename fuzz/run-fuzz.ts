import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { audit } from '../audit/audit.ts'
import { awaitRest } from '../chaos/await-rest.ts'
import { fileBooks } from '../chaos/books.ts'
import { doctor, type Edit } from '../chaos/doctored-tree.ts'
import { connectRedis } from '../chaos/redis-door.ts'
import { Shop } from '../chaos/shop.ts'
import { services } from '../shared/routes.ts'
import { enter } from './enter.ts'
import type { Finding } from './finding.ts'
import { sendAll } from './send-all.ts'
import { createWords, type Words } from './words.ts'

/** One run. `edits` are what is wrong on purpose with the shop under test. */
export type Plan = { seed: number; requests: number; dataDir: string; edits: Edit[] }

/** How often each route was answered with what. */
export type Tally = Map<string, Map<string, number>>
export type FuzzReport = { plan: Plan; tally: Tally; findings: Finding[]; tookMs: number }
export type Say = (line: string) => void

const TOKEN = 'token-of-the-fuzz-that-no-answer-may-tell'
const LIMITED_SHARE = 0.1 // of the requests, to a shop that limits orders, where most are a 429
const REST_LIMIT_MS = 120_000
// Subscribers that the fuzz has made up are nowhere, and are tried for days.
const INSIDE = services.filter((service) => service !== 'webhooks')

/**
 * Opens a shop, sends it requests of all kinds, lets it come to rest and has its books audited; the last tenth meets it
 * with limits on. `signal` ends the run before its time.
 */
export async function runFuzz(plan: Plan, signal: AbortSignal, say: Say = () => {}): Promise<FuzzReport> {
  const startMs = Date.now()
  const report: FuzzReport = { plan, tally: new Map(), findings: [], tookMs: 0 }
  const words = createWords()
  const tree = doctor(plan.edits)
  const limited = Math.floor(plan.requests * LIMITED_SHARE)
  try {
    const run = { report, words, signal, say, folder: tree.folder }
    await inShop(run, 'off', plan.requests - limited)
    if (limited > 0) await inShop(run, 'on', limited)
  } finally {
    tree.remove()
  }
  report.findings.push(...auditFindings(plan.dataDir, words))
  return { ...report, tookMs: Date.now() - startMs }
}

type Run = { report: FuzzReport; words: Words; signal: AbortSignal; say: Say; folder: string }

async function inShop(
  { report, words, signal, say, folder }: Run,
  RATE_LIMITS: 'on' | 'off',
  count: number,
): Promise<void> {
  const { seed, dataDir } = report.plan
  const shop = await Shop.open(folder, dataDir, { ADMIN_TOKEN: TOKEN, RATE_LIMITS })
  try {
    const { document, admin, customers, urls } = await enter(shop, TOKEN, words)
    const keep = (name: string, bytes: Buffer) => keepIn(dataDir, name, bytes)
    await sendAll(
      {
        seed: seed + (RATE_LIMITS === 'on' ? 1 : 0),
        count,
        urls,
        document,
        admin,
        customers,
        secrets: { token: TOKEN, places: [dataDir, folder, process.cwd()] },
      },
      { words, tally: report.tally, findings: report.findings, keep, signal, say },
    )
    report.findings.push(...(await standing(shop, urls, dataDir, signal)), ...troubleIn(shop))
  } finally {
    await shop.stop()
  }
}

function keepIn(dataDir: string, name: string, bytes: Buffer): string {
  const path = join(dataDir, name)
  writeFileSync(path, bytes)
  return path
}

/** Whether the shop is still ready, everywhere, and comes to rest. */
async function standing(shop: Shop, urls: string[], dataDir: string, signal: AbortSignal): Promise<Finding[]> {
  const answers = await Promise.all(urls.map((url) => fetch(`${url}/readyz`).then(({ status }) => status)))
  const redis = connectRedis(await shop.redisUrl())
  const { isAtRest, left } = await awaitRest(fileBooks(dataDir, INSIDE), redis, {
    limitMs: REST_LIMIT_MS,
    signal,
    asked: INSIDE,
  }).finally(() => redis.disconnect())
  return [
    ...answers.filter((status) => status !== 200).map((status) => ofAll(`/readyz is ${status} at the end`)),
    ...(isAtRest ? [] : [ofAll(`not at rest: ${JSON.stringify(left)}`)]),
  ]
}

/** What the shop's log tells: a process that died, as of a rejection nobody caught, and what went wrong inside. */
function troubleIn({ log }: Shop): Finding[] {
  return [
    ...[...log.deaths].map(([name, count]) => ofAll(`${name} died, ${count} times`)),
    ...log.trouble.map((line) => ofAll(`in the log: ${line}`)),
  ]
}

function auditFindings(dataDir: string, words: Words): Finding[] {
  const { findings } = audit(dataDir, { atRest: true, accepted: words.keyed() })
  return findings.map(({ check, id, detail }) => ofAll(`audit: ${check}, ${id} (${detail})`))
}

const ofAll = (what: string): Finding => ({ nth: 0, route: 'the shop', what, repeat: '' })
