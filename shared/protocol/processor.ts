import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { Message } from '../events.ts'
import type { Sql } from '../store/database.ts'
import { applyBatch, type Ready } from './apply.ts'
import { buryMessage, sortOut } from './bury.ts'
import { aboutMessage } from './facts.ts'
import { createInHand } from './in-hand.ts'
import { outcomesOf } from './inbox.ts'
import { createOutside } from './outside.ts'
import { announceRetry, requeue, sayProcessing } from './requeue.ts'
import { fateOf, reasonOf } from './retry.ts'
import type { WorkerContext } from './worker-context.ts'

const APPLY_MAX = 500 // messages in one transaction
const IN_HAND_MAX = 1_000 // a few seconds of slow work; what is in hand longer than the grace is pushed again
const HELD_MAX = 5_000 // those that wait for a retry too; beyond it the list keeps them

/**
 * Decides every popped message's fate: a duplicate is acknowledged again with its stored outcome; the rest is
 * prepared one by one and applied in batches; what fails is retried or buried.
 */
export class Processor<Client extends Sql> {
  readonly counts = { handled: 0, retried: 0, buried: 0 }
  readonly #deps: WorkerContext<Client>
  readonly #outside = createOutside()
  readonly #held = new Set<string>() // ids in memory, those that wait for a retry too
  readonly #inHand = createInHand()
  readonly #stopping = new AbortController()
  #ready: Ready[] = []
  #isApplying = false

  constructor(deps: WorkerContext<Client>) {
    this.#deps = deps
  }

  held(): number {
    return this.#held.size
  }

  room(): number {
    return Math.min(IN_HAND_MAX - this.#inHand.count(), HELD_MAX - this.#held.size)
  }

  /** Takes charge of what was popped. Resolves when the next pop may follow, not when the work is done. */
  async take(raws: string[]): Promise<void> {
    const messages = await sortOut(raws, this.#deps)
    this.counts.buried += raws.length - messages.length
    const crowd = messages.filter(({ solo }) => !solo)
    sayProcessing(crowd, this.#deps) // of copies too: whoever sent one did not know
    const fresh = messages.filter(({ id }) => !this.#held.has(id) && this.#held.add(id))
    const todo = await this.#dropSeen(fresh)
    for (const message of todo.filter(({ solo }) => !solo)) this.#handle(message)
    for (const message of todo.filter(({ solo }) => solo)) await this.#handleAlone(message)
  }

  /** Resolves when nothing is being worked on, after half a minute at most. Messages that wait for a retry are left to their senders. */
  stop(): Promise<void> {
    this.#stopping.abort()
    return this.#inHand.whenEmpty()
  }

  async #dropSeen(messages: Message[]): Promise<Message[]> {
    const ids = messages.map(({ id }) => id)
    try {
      const seen = await outcomesOf(this.#deps.db.read, ids)
      for (const id of seen.keys()) this.#held.delete(id)
      await this.#deps.acknowledger.say(seen)
      return messages.filter(({ id }) => !seen.has(id))
    } catch (error) {
      for (const id of ids) this.#held.delete(id) // or a later copy would be taken for one in hand
      throw error
    }
  }

  /** A message that went down with its worker before: nothing else is in hand while it is tried. */
  async #handleAlone(message: Message): Promise<void> {
    await this.#inHand.whenEmpty()
    sayProcessing([message], this.#deps)
    this.#handle(message)
    await this.#inHand.whenEmpty()
  }

  async #handle(message: Message): Promise<void> {
    this.#inHand.take()
    try {
      // crash point: before prepare
      const found = await this.#deps.handlers[message.name]?.prepare?.(message, this.#outside)
      // crash point: after prepare
      this.#ready.push({ message, found })
    } catch (error) {
      return this.#failed(message, error)
    }
    this.#applyReady()
  }

  async #applyReady(): Promise<void> {
    if (this.#isApplying) return
    this.#isApplying = true
    try {
      while (this.#ready.length > 0) {
        await nextTurn() // what becomes ready in the same turn shares the transaction
        await this.#applyOrSplit(this.#ready.splice(0, APPLY_MAX))
      }
    } finally {
      this.#isApplying = false
    }
  }

  /** When a batch fails its messages are applied one by one, so that the bad one fails alone. */
  async #applyOrSplit(batch: Ready[]): Promise<void> {
    try {
      await applyBatch(batch, this.#deps)
      this.counts.handled += batch.length
      for (const { message } of batch) this.#release(message)
    } catch (error) {
      const [first, ...others] = batch
      if (first && others.length === 0) return this.#failed(first.message, error)
      for (const one of batch) await this.#applyOrSplit([one])
    }
  }

  #release({ id }: Message): void {
    this.#held.delete(id)
    this.#inHand.putDown()
  }

  /** Never rejects: when even this goes wrong the message is let go, and its sender pushes it again. */
  async #failed(message: Message, error: unknown): Promise<void> {
    try {
      const fate = fateOf(error, message.attempt)
      if (fate.kind === 'retry') return void this.#retryLater(message, fate.delayMs, error) // the others need not wait
      await buryMessage(message, fate.reason, this.#deps)
      this.counts.buried++
    } catch (cause) {
      this.#deps.log.error({ err: cause, messageId: message.id }, 'message.stranded')
    }
    this.#release(message)
  }

  /** While it waits it is not in hand, but held: copies that arrive meanwhile are dropped. */
  async #retryLater(message: Message, delayMs: number, error: unknown): Promise<void> {
    this.#inHand.putDown()
    this.counts.retried++
    this.#deps.log.warn({ ...aboutMessage(message), delayMs, reason: reasonOf(error) }, 'retrying')
    await announceRetry(message, delayMs, this.#deps)
    const isDue = await delay(delayMs, true, { signal: this.#stopping.signal }).catch(() => false)
    this.#held.delete(message.id)
    if (isDue) await requeue(message, this.#deps)
  }
}
