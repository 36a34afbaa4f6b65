import type { Logger } from '../../../shared/logger.ts'
import { eventsOf, findEvent, type Told } from '../events.ts'
import type { Ledger } from '../ledger.ts'
import { eventObject } from '../objects/event-object.ts'
import { nowAt, type Switches } from '../switches.ts'
import { readCheckpoint, writeCheckpoint } from './owed.ts'
import { type Endpoint, post } from './post.ts'
import { isSubscribed } from './subscribed.ts'

const TICK_MS = 100
const KEEP_EVERY_MS = 1_000
const MAX_IN_FLIGHT = 16
const MAX_OWED = 100_000 // beyond that the oldest are given up; who wants them all can list the events
const SHUFFLED_MS = 1_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60 * 60_000
const TRIED_FOR_MS = 3 * 24 * 60 * 60_000 // as Stripe does: https://docs.stripe.com/webhooks#retries

type Owed = { told: Told; attempts: number; dueAt: number }
type Deps = { ledger: Ledger; switches: Switches; log: Logger; base: () => string }

/** Tells an endpoint what happens, until it has answered 2xx. Requests never wait for it. */
export class WebhookSender {
  readonly #deps: Deps
  readonly #endpoint: Endpoint
  readonly #path: string
  readonly #owed = new Set<Owed>()
  #next = 0
  #inFlight = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  #isDirty = false
  #isAway = false
  #timers: NodeJS.Timeout[] = []
  #tick: NodeJS.Timeout | undefined

  constructor(deps: Deps, endpoint: Endpoint, path: string) {
    this.#deps = deps
    this.#endpoint = endpoint
    this.#path = path
  }

  /** Goes on where it was when it ended. An endpoint that is new is told nothing of what was before it. */
  async start(): Promise<void> {
    const { ledger } = this.#deps
    const kept = await readCheckpoint(this.#path)
    this.#next = Math.min(kept?.next ?? ledger.list().length, ledger.list().length)
    for (const { id, attempts } of kept?.owed ?? []) {
      const told = findEvent(id, ledger)
      if (told) this.#owed.add({ told, attempts, dueAt: 0 })
    }
    await this.#keep(true)
    ledger.onWrite(() => setImmediate(() => this.#run()))
    this.#timers = [setInterval(() => void this.#keep(), KEEP_EVERY_MS)]
    this.#run()
  }

  /** How many webhooks of each event have not arrived. */
  owed(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { told } of this.#owed) counts.set(told.id, (counts.get(told.id) ?? 0) + 1)
    return counts
  }

  /** What is under way is broken off, and told again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    clearTimeout(this.#tick)
    await Promise.all(this.#inFlight)
    await this.#keep(true)
  }

  #run(): void {
    if (this.#timers.length === 0) return
    this.#takeNew()
    const now = Date.now()
    for (const owed of this.#owed) {
      if (this.#inFlight.size >= MAX_IN_FLIGHT) return
      if (owed.dueAt <= now) this.#begin(owed)
    }
    this.#later()
  }

  /** What is put off has its time; while nothing is owed, nobody looks. */
  #later(): void {
    clearTimeout(this.#tick)
    if (this.#owed.size > this.#inFlight.size) this.#tick = setTimeout(() => this.#run(), TICK_MS)
  }

  #takeNew(): void {
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
      this.#owed.add({ told, attempts: 0, dueAt: Date.now() + webhookDelayMs + shuffledMs })
    }
    for (const oldest of this.#owed) {
      if (this.#owed.size <= MAX_OWED) return
      this.#owed.delete(oldest)
    }
  }

  #begin(owed: Owed): void {
    owed.dueAt = Number.POSITIVE_INFINITY
    const sending = this.#send(owed).finally(() => {
      this.#inFlight.delete(sending)
      this.#run()
    })
    this.#inFlight.add(sending)
  }

  async #send(owed: Owed): Promise<void> {
    const { switches, ledger, base } = this.#deps
    const isLost = Math.random() < switches.webhookLost
    const payload = JSON.stringify(eventObject(owed.told, { ledger, base: base(), isWanted: () => false }, 1), null, 2)
    const isForged = Math.random() < switches.webhookForged
    const failure =
      isLost || switches.webhooksOff ? undefined : await post(this.#endpoint, payload, isForged, this.#stopping.signal)
    this.#isDirty = true
    if (failure === undefined) this.#owed.delete(owed)
    else this.#putOff(owed)
    this.#tellChange(failure)
  }

  #putOff(owed: Owed): void {
    const { switches, log } = this.#deps
    owed.attempts++
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (owed.attempts - 1), LONGEST_PAUSE_MS)
    owed.dueAt = Date.now() + pauseMs * (0.75 + Math.random() / 2)
    if (nowAt(switches) < owed.told.entry.at + TRIED_FOR_MS) return
    this.#owed.delete(owed)
    log.warn({ event: owed.told.id, type: owed.told.type, attempts: owed.attempts }, 'webhook.given_up')
  }

  /** Once when it begins, once when it is over. */
  #tellChange(failure: string | undefined): void {
    const { log } = this.#deps
    if (failure !== undefined && !this.#isAway) log.warn({ url: this.#endpoint.url, reason: failure }, 'webhook.failed')
    if (failure === undefined && this.#isAway) log.info({ url: this.#endpoint.url }, 'webhook.delivered')
    this.#isAway = failure !== undefined
  }

  async #keep(isForced = false): Promise<void> {
    if (!this.#isDirty && !isForced) return
    this.#isDirty = false
    const owed = [...this.#owed].map(({ told, attempts }) => ({ id: told.id, attempts }))
    await writeCheckpoint(this.#path, { next: this.#next, owed }).catch((error) =>
      this.#deps.log.error({ err: error }, 'webhooks.not_kept'),
    )
  }
}
