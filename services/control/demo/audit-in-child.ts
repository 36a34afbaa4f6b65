import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { bareEnvironment, type Config } from '../../../shared/config.ts'
import type { Verdict } from '../room/snapshot.ts'
import { keptIn } from './kept.ts'

const EVERY_MS = 2_000
const REST_SHARE = 5 // an audit that takes long is made less often: at most a sixth of one core
const AT_REST_MS = 15_000 // while nothing happens
const FIRST_MS = 3_000 // then all services have made their files
const LIMIT_MS = 30_000
const OUTPUT_MAX_BYTES = 8 * 1024 * 1024
const LOW = 15 // of all priorities: orders come first, and then the pages
const PROGRAM = fileURLToPath(new URL('../../../audit/main.js', import.meta.url)) // beside us in dist

const report = z.object({
  isAtRest: z.boolean(),
  tookMs: z.number(),
  figures: z.object({ orders: z.object({ total: z.number(), onTheirWay: z.number() }) }),
  findings: z.array(z.object({ check: z.string(), id: z.string(), detail: z.string() })),
})

const count = z.number()
const verdictShape: z.ZodType<Verdict> = z.object({
  ...{ at: count, tookMs: count, isAtRest: z.boolean(), accepted: count, final: count },
  ...{ lost: count, oversold: count, doubleCharged: count, others: report.shape.findings },
})

/**
 * `wake` says that somebody looks; an audit is then made now and then. `work` is anything that changes when the
 * shop does something.
 */
export type Auditor = { wake(work: string): void; verdict(): Verdict | null; stop(): void }

/** Where the books are that are audited. */
type Books = Pick<Config, 'DATA_DIR' | 'DATABASE_URL'>

/**
 * Runs the auditor, which shares no code with the shop and reads its books only, as a process of its own. It is run
 * once before anybody looks, so that there is a verdict to show; the last one is kept over a restart, with its age.
 */
export function createAuditor(books: Books, acceptedPath: string): Auditor | null {
  if (!existsSync(PROGRAM)) return null
  const kept = keptIn(join(books.DATA_DIR, 'demo-verdict.json'), verdictShape)
  let verdict = kept.read()
  let audited = ''
  let next = 0
  let nextAtRest = 0
  let end = () => {}
  const wake = (work: string) => {
    const since = performance.now()
    if (since < (work === audited && verdict?.isAtRest ? nextAtRest : next)) return
    audited = work
    end = audit(books, acceptedPath, (found) => {
      verdict = found ?? verdict
      if (found !== null) kept.write(found)
      next = performance.now() + Math.max(EVERY_MS, REST_SHARE * (found?.tookMs ?? performance.now() - since))
      nextAtRest = Math.max(next, performance.now() + AT_REST_MS)
    })
    next = nextAtRest = Number.POSITIVE_INFINITY // until that one is told; where it could not begin, the next look tries
  }
  const first = setTimeout(() => wake(''), FIRST_MS).unref()
  return {
    wake,
    verdict: () => verdict,
    stop: () => {
      clearTimeout(first)
      end()
    },
  }
}

function audit(
  { DATA_DIR, DATABASE_URL }: Books,
  acceptedPath: string,
  tell: (verdict: Verdict | null) => void,
): () => void {
  const known = existsSync(acceptedPath) ? ['--accepted', acceptedPath] : []
  const args = [PROGRAM, '--json', '--data-dir', DATA_DIR, ...known]
  const env = { ...bareEnvironment(), DATABASE_URL } // has a password in it, which no list of processes shall show
  const limits = { timeout: LIMIT_MS, maxBuffer: OUTPUT_MAX_BYTES, env }
  const child = execFile(process.execPath, args, limits, (_error, stdout) => tell(verdictIn(stdout)))
  if (child.pid !== undefined) setPriority(child.pid, LOW)
  return () => child.kill()
}

/** It exits with 1 when something is wrong, and says what: that is an answer like any other. */
function verdictIn(stdout: string): Verdict | null {
  const parsed = report.safeParse(parseJson(stdout))
  if (!parsed.success) return null
  const { isAtRest, tookMs, figures, findings } = parsed.data
  const { total, onTheirWay } = figures.orders
  const count = (...checks: string[]) => findings.filter(({ check }) => checks.includes(check)).length
  return {
    ...{ at: Date.now(), tookMs, isAtRest, accepted: total, final: total - onTheirWay },
    ...{ lost: count('lost', 'stuck'), oversold: count('oversold'), doubleCharged: count('doubleCharged') },
    others: findings.filter(({ check }) => !COUNTED.includes(check)).slice(0, OTHERS_MAX),
  }
}

const COUNTED = ['lost', 'stuck', 'oversold', 'doubleCharged']
const OTHERS_MAX = 20

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
