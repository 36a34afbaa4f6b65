import type { Language } from '../customer-events.ts'
import type { Figure } from '../figure.ts'
import type { Logger } from '../logger.ts'
import type { Express, RequestHandler, Response } from './express.ts'
import { languageOf } from './language.ts'
import { type Load, type LoadClass, loadClasses, refusedForMs, retryAfterS } from './overload.ts'
import { bodyOf, PROBLEM_TYPE, Problem } from './problem.ts'
import { inLanguage } from './problem-language.ts'

/** What keeps a door from taking more than there is time for. */
export type Shedding = {
  /** Stands before all else of a route: refuses with a 503 while there is too much of its class. */
  guard(what: LoadClass): RequestHandler
  /** How many requests have been refused since the start. */
  readonly counts: Readonly<Record<LoadClass, number>>
  load(): Load
  figures(): Figure[]
  /** `GET /ops/shed`, for other programs of ours: the counts. */
  mountOps(app: Express): void
}

type Deps = { load(): Load; log: Logger; random?: () => number }

/** A door that looks at `load` with each request; so that must cost nothing. */
export function createShedding({ load, log, random = Math.random }: Deps): Shedding {
  const counts = { browsing: 0, joining: 0, placing: 0 }
  const tell = createTeller(log, load)
  const bodies = createBodies()
  return {
    counts,
    load,
    figures: () => figuresOf(counts, load),
    mountOps: (app) => void app.get('/ops/shed', (_req, res) => void res.json(counts)),
    guard: (what) => (req, res, next) => {
      const againMs = refusedForMs(what, load())
      if (againMs === null) return next()
      counts[what]++
      tell(what)
      const againS = retryAfterS(againMs, random)
      const language = languageOf(req)
      refuseQuickly(res, againS, language, bodies(what, againS, language))
    },
  }
}

const WHY: Record<LoadClass, string> = {
  browsing: 'More is asked of the shop just now than it can answer.',
  joining: 'More people come to the sale just now than can be let in.',
  placing: 'More orders wait than can be paid in time, so no more are taken.',
}

const BODIES_MAX = 2_000

/** What is said, put into words once: who is refused shall cost nothing. */
function createBodies(): (what: LoadClass, againS: number, language: Language) => string {
  const made = new Map<string, string>()
  return (what, againS, language) => {
    const key = `${what} ${againS} ${language}`
    const known = made.get(key)
    if (known !== undefined) return known
    if (made.size >= BODIES_MAX) made.clear()
    const problem = new Problem(503, 'Service unavailable', `${WHY[what]} Come back in ${againS} s.`)
    const body = bodyOf(inLanguage(problem, language))
    made.set(key, body)
    return body
  }
}

/** By hand, as the order that it stands for would be answered. The body of the request is not read: see cut-upload.ts. */
function refuseQuickly(res: Response, againS: number, language: Language, body: string): void {
  const headers = { 'Retry-After': againS, 'Content-Type': PROBLEM_TYPE, 'Content-Language': language }
  res.writeHead(503, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}

const QUIET_MS = 5_000 // without a refusal, and it is over

/** Says once that requests of a class are refused, and once that it is over, with how many they were. */
function createTeller(log: Logger, load: () => Load): (what: LoadClass) => void {
  const spells = new Map<LoadClass, { since: number; count: number; timer: NodeJS.Timeout }>()
  return (what) => {
    const spell = spells.get(what)
    if (spell !== undefined) {
      spell.count++
      return void spell.timer.refresh()
    }
    const since = performance.now()
    const over = () => {
      const { count = 0 } = spells.get(what) ?? {}
      spells.delete(what)
      log.info({ class: what, count, ms: Math.round(performance.now() - since) }, 'load.over')
    }
    spells.set(what, { since, count: 1, timer: setTimeout(over, QUIET_MS).unref() })
    const { delayMs, waitMs, promiseMs } = load()
    log.warn({ class: what, delayMs: Math.round(delayMs), waitMs: Math.round(waitMs), promiseMs }, 'load.shed')
  }
}

function figuresOf(counts: Record<LoadClass, number>, load: () => Load): Figure[] {
  const shed = loadClasses.map((what) => {
    return { name: `shed_${what}`, help: `Requests refused since start: ${what}`, value: () => counts[what] }
  })
  const late = { name: 'loop_late_ms', help: 'How late the event loop is, smoothed', value: () => load().delayMs }
  return [...shed, late]
}
