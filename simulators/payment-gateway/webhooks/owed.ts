import type { Logger } from '../../../shared/logger.ts'
import { eventsOf, findEvent, type Told } from '../events.ts'
import type { Ledger } from '../ledger.ts'
import { nowAt, type Switches } from '../switches.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { isSubscribed } from './subscribed.ts'

const MAX_OWED = 100_000 // beyond that the oldest are given up; who wants them all can list the events
const SHUFFLED_MS = 1_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60 * 60_000
const TRIED_FOR_MS = 3 * 24 * 60 * 60_000 // as Stripe does: https://docs.stripe.com/webhooks#retries

export type Owed = { told: Told; attempts: number; dueAt: number }
type Deps = { ledger: Ledger; switches: Switches; log: Logger }

/** What has happened and has not been told yet, in the order in which it is owed; a file remembers it. */
export class OwedWebhooks {
  readonly #deps: Deps
  readonly #path: string
  readonly #all = new Set<Owed>()
  #next = 0
  #isDirty = false

  constructor(deps: Deps, path: string) {
    this.#deps = deps
    this.#path = path
  }

  /** Goes on where it was when it ended. An endpoint that is new is told nothing of what was before it. */
  async load(): Promise<void> {
    const { ledger } = this.#deps
    const kept = await readCheckpoint(this.#path)
    this.#next = Math.min(kept?.next ?? ledger.list().length, ledger.list().length)
    for (const { id, attempts } of kept?.owed ?? []) {
      const told = findEvent(id, ledger)
      if (told) this.#all.add({ told, attempts, dueAt: 0 })
    }
    await this.keep(true)
  }

  all(): ReadonlySet<Owed> {
    return this.#all
  }

  /** How many of each event there are. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { told } of this.#all) counts.set(told.id, (counts.get(told.id) ?? 0) + 1)
    return counts
  }

  /** Adds what has happened since. */
  takeNew(): void {
    const { ledger, switches } = this.#deps
    for (; this.#next < ledger.list().length; this.#next++) {
      this.#isDirty = true
      if (switches.webhooksOff) continue
      for (const told of eventsOf(this.#next, ledger)) if (isSubscribed(told.type)) this.#owe(told)
    }
  }

  #owe(told: Told): void {
    const { webhookCopies, webhookDelayMs, webhooksShuffled } = this.#deps.switches
    for (let copy = 0; copy < (webhookCopies || 1); copy++) {
      const shuffledMs = webhooksShuffled ? Math.random() * SHUFFLED_MS : 0
      this.#all.add({ told, attempts: 0, dueAt: Date.now() + webhookDelayMs + shuffledMs })
    }
    for (const oldest of this.#all) {
      if (this.#all.size <= MAX_OWED) return
      this.#all.delete(oldest)
    }
  }

  settle(owed: Owed): void {
    this.#isDirty = true
    this.#all.delete(owed)
  }

  /** To be told once more, later each time; after three days it is given up. */
  putOff(owed: Owed): void {
    const { switches, log } = this.#deps
    this.#isDirty = true
    owed.attempts++
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (owed.attempts - 1), LONGEST_PAUSE_MS)
    owed.dueAt = Date.now() + pauseMs * (0.75 + Math.random() / 2)
    if (nowAt(switches) < owed.told.entry.at + TRIED_FOR_MS) return
    this.#all.delete(owed)
    log.warn({ event: owed.told.id, type: owed.told.type, attempts: owed.attempts }, 'webhook.given_up')
  }

  /** Writes down what has changed. */
  async keep(isForced = false): Promise<void> {
    if (!this.#isDirty && !isForced) return
    this.#isDirty = false
    const owed = [...this.#all].map(({ told, attempts }) => ({ id: told.id, attempts }))
    await writeCheckpoint(this.#path, { next: this.#next, owed }).catch((error) =>
      this.#deps.log.error({ err: error }, 'webhooks.not_kept'),
    )
  }
}
