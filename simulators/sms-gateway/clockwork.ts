import type { Logger } from '../../shared/logger.ts'
import { type Book, isOutgoing, type Outgoing } from './book.ts'
import type { Status, StatusLine } from './line.ts'
import { troubleOf } from './numbers.ts'
import { isStruck, type Switches } from './switches.ts'

type Deps = { book: Book; switches: Switches; log: Logger; tell(sms: Outgoing): void }

const STEP_MS = 100
const UNREACHABLE = 30_003

/** Takes each SMS on its way, step by step, also those that were under way when the gateway ended. */
export class Clockwork {
  readonly #deps: Deps
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #doomed = new Set<string>()

  constructor(deps: Deps) {
    this.#deps = deps
    for (const sms of deps.book.list().filter(isOutgoing)) this.#later(sms)
  }

  /** An SMS was taken. */
  begin(sms: Outgoing): void {
    if (isStruck(this.#deps.switches.undeliverableShare)) this.#doomed.add(sms.was.sid)
    this.#later(sms)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #later(sms: Outgoing): void {
    const next = this.#nextOf(sms)
    if (next === null) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#move(sms, next)
    }, this.#deps.switches.stepMs || STEP_MS)
    this.#timers.add(timer)
  }

  async #move({ was }: Outgoing, next: Pick<StatusLine, 'status' | 'code'>): Promise<void> {
    const { book, log, tell } = this.#deps
    const now: StatusLine = { kind: 'status', sid: was.sid, at: Date.now(), ...next }
    await book.write(now).catch((error) => log.error({ err: error }, 'status.not_kept'))
    const moved = { was, now }
    tell(moved)
    this.#later(moved)
  }

  #nextOf({ was, now }: Outgoing): Pick<StatusLine, 'status' | 'code'> | null {
    const next = NEXT[now?.status ?? 'queued']
    if (next === null) return null
    const code = troubleOf(was.to) ?? (this.#doomed.has(was.sid) ? UNREACHABLE : null)
    if (code === QUEUE_OVERFLOW) return { status: 'failed', code }
    return next === 'delivered' && code !== null ? { status: 'undelivered', code } : { status: next }
  }
}

const QUEUE_OVERFLOW = 30_001 // it never left

const NEXT: Record<Status, Status | null> = {
  queued: 'sending',
  sending: 'sent',
  sent: 'delivered',
  delivered: null,
  undelivered: null,
  failed: null,
}
