import type { Logger } from '../../../shared/logger.ts'
import type { Ledger } from '../ledger.ts'
import { eventObject } from '../objects/event-object.ts'
import type { Switches } from '../switches.ts'
import { type Owed, OwedWebhooks } from './owed.ts'
import { type Endpoint, post } from './post.ts'

const TICK_MS = 100
const KEEP_EVERY_MS = 1_000
const MAX_IN_FLIGHT = 16

type Deps = { ledger: Ledger; switches: Switches; log: Logger; base: () => string }

/** Tells an endpoint what happens, until it has answered 2xx. Requests never wait for it. */
export class WebhookSender {
  readonly #deps: Deps
  readonly #endpoint: Endpoint
  readonly #owed: OwedWebhooks
  #inFlight = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  #isAway = false
  #timers: NodeJS.Timeout[] = []
  #tick: NodeJS.Timeout | undefined

  /** `path` is that of the file in which it remembers what it owes. */
  constructor(deps: Deps, endpoint: Endpoint, path: string) {
    this.#deps = deps
    this.#endpoint = endpoint
    this.#owed = new OwedWebhooks(deps, path)
  }

  async start(): Promise<void> {
    await this.#owed.load()
    this.#deps.ledger.onWrite(() => setImmediate(() => this.#run()))
    this.#timers = [setInterval(() => void this.#owed.keep(), KEEP_EVERY_MS)]
    this.#run()
  }

  /** How many webhooks of each event have not arrived. */
  owed(): Map<string, number> {
    return this.#owed.counts()
  }

  /** What is under way is broken off, and told again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    clearTimeout(this.#tick)
    await Promise.all(this.#inFlight)
    await this.#owed.keep(true)
  }

  #run(): void {
    if (this.#timers.length === 0) return
    this.#owed.takeNew()
    const now = Date.now()
    for (const owed of this.#owed.all()) {
      if (this.#inFlight.size >= MAX_IN_FLIGHT) return
      if (owed.dueAt <= now) this.#begin(owed)
    }
    this.#later()
  }

  /** What is put off has its time; while nothing is owed, nobody looks. */
  #later(): void {
    clearTimeout(this.#tick)
    if (this.#owed.all().size > this.#inFlight.size) this.#tick = setTimeout(() => this.#run(), TICK_MS)
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
    if (failure === undefined) this.#owed.settle(owed)
    else this.#owed.putOff(owed)
    this.#tellChange(failure)
  }

  /** Once when it begins, once when it is over. */
  #tellChange(failure: string | undefined): void {
    const { log } = this.#deps
    if (failure !== undefined && !this.#isAway) log.warn({ url: this.#endpoint.url, reason: failure }, 'webhook.failed')
    if (failure === undefined && this.#isAway) log.info({ url: this.#endpoint.url }, 'webhook.delivered')
    this.#isAway = failure !== undefined
  }
}
