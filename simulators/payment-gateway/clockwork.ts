import { change, type Deps } from './change.ts'
import { later } from './deeds/later.ts'
import type { Entry } from './entry.ts'
import { lockOf } from './locks.ts'
import { nowAt, settlingMs } from './switches.ts'

const TICK_MS = 50

/** Does what comes about by itself when its time has come, also what came due while the gateway was away. */
export class Clockwork {
  readonly #deps: Deps
  readonly #waiting = new Set<Entry>()
  readonly #timer: NodeJS.Timeout

  constructor(deps: Deps) {
    this.#deps = deps
    for (const entry of deps.ledger.list()) this.#await(entry)
    deps.ledger.onWrite((entries) => {
      for (const entry of entries) this.#await(entry)
    })
    this.#timer = setInterval(() => this.#run(), TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #await(entry: Entry): void {
    if (entry.laterAt !== undefined) this.#waiting.add(entry)
  }

  #run(): void {
    const now = nowAt(this.#deps.switches)
    for (const entry of this.#waiting) if ((entry.laterAt ?? 0) <= now) this.#do(entry)
  }

  /** What is being changed just now has its turn later. */
  #do(entry: Entry): void {
    const { ledger, switches, locks, log } = this.#deps
    const lock = entry.kind === 'session' ? entry.sessionId : lockOf(entry.intentId, ledger)
    if (locks.has(lock)) return
    this.#waiting.delete(entry)
    const doing = change(this.#deps, lock, (at) => {
      const [first, ...others] = later(entry, at, ledger, settlingMs(switches))
      return first ? { ok: true, entries: [first, ...others] } : { ok: false, refusal: NOTHING_LEFT }
    })
    doing.catch((error) => {
      log.error({ err: error }, 'clockwork.failed')
      this.#waiting.add(entry)
    })
  }
}

const NOTHING_LEFT = { status: 409, error: { type: 'api_error', message: 'It has come about already.' } }
