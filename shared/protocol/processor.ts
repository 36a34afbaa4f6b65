import type { Queue } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { asStoreFailure } from '../store/store-failure.ts'
import { applyBatch, type Ready } from './apply.ts'
import { buryForgotten, buryMessage, sortOut } from './bury.ts'
import { tellCopies } from './facts.ts'
import { inGroups } from './in-groups.ts'
import { createInHand, type InHand } from './in-hand.ts'
import { outcomesOf } from './inbox.ts'
import { refuseNewer } from './newer.ts'
import { createPutOff, type PutOff } from './put-off.ts'
import { sayProcessing } from './requeue.ts'
import { fateOf } from './retry.ts'
import type { Popped, WorkerContext } from './worker-context.ts'

const IN_HAND_MAX = 1_000 // a few seconds of slow work; what is in hand longer than the grace is pushed again
const PUT_OFF_MAX = 5_000 // beyond it the list keeps the others

/**
 * Decides every popped message's fate: a duplicate is acknowledged again with its stored outcome; the rest is
 * prepared one by one and applied in batches; what fails is retried or buried.
 */
export class Processor<Client extends Sql> {
  readonly counts = { handled: 0, retried: 0, buried: 0 }
  readonly #deps: WorkerContext<Client>
  readonly #putOff: PutOff
  readonly #inHand: InHand
  readonly #apply: (ready: Ready) => Promise<void>
  #isShaken = false // the last take failed

  constructor(deps: WorkerContext<Client>) {
    this.#deps = deps
    this.#putOff = createPutOff(deps)
    this.#inHand = createInHand(deps.inHand)
    this.#apply = inGroups(async (batch: Ready[]) => {
      await applyBatch(batch, deps)
      return []
    })
  }

  held(): number {
    return this.#deps.held.count() + this.#putOff.count()
  }

  room(): number {
    return Math.min(this.capacity() - this.#inHand.count(), PUT_OFF_MAX - this.#putOff.count())
  }

  /** How much it may hold when its hands are empty. */
  capacity(): number {
    return Math.min(IN_HAND_MAX, this.#deps.outside.capacity())
  }

  /** Rejects while what was popped could not be looked up. */
  async ready(): Promise<void> {
    const failure = this.#deps.db.failure()
    if (failure !== null) throw failure
    if (this.#isShaken) await outcomesOf(this.#deps.db.read, [])
    this.#isShaken = false
  }

  /** Takes charge of what was popped. Resolves when the next pop may follow, not when the work is done. */
  async take(raws: string[], list: Queue): Promise<void> {
    const messages = await sortOut(raws, list, this.#deps)
    this.counts.buried += raws.length - messages.length
    const { held } = this.#deps
    const crowd = messages.filter(({ solo }) => !solo)
    sayProcessing(crowd, this.#deps) // of copies too: whoever sent one did not know
    const fresh = messages.filter((one) => !held.has(one.id) && !this.#putOff.has(one.id) && held.take(one))
    const todo = await this.#dropSeen(fresh, list)
    tellCopies(messages, todo, this.#deps)
    await this.#inHand.whenFree()
    for (const message of todo.filter(({ solo }) => !solo)) this.#handle(message)
    for (const message of todo.filter(({ solo }) => solo)) await this.#handleAlone(message)
  }

  /** Resolves when nothing is being worked on, after half a minute at most. Messages that wait for a retry are left to their senders. */
  stop(): Promise<void> {
    this.#putOff.stop()
    return this.#inHand.whenEmpty()
  }

  async #dropSeen(messages: Popped[], list: Queue): Promise<Popped[]> {
    const ids = messages.map(({ id }) => id)
    try {
      const seen = await outcomesOf(this.#deps.db.read, ids)
      await this.#deps.acknowledger.say([...seen].map(([id, outcome]) => [list, id, outcome]))
      const unseen = messages.filter(({ id }) => !seen.has(id))
      const todo = await buryForgotten(unseen, this.#deps)
      if (todo.length < messages.length) for (const one of messages) if (!todo.includes(one)) this.#deps.held.drop(one)
      return todo
    } catch (error) {
      this.#isShaken = true
      for (const one of messages) this.#deps.held.drop(one) // or a later copy would be taken for one in hand
      throw error
    }
  }

  /** A message that went down with its worker before: nothing else is in hand while it is tried. */
  async #handleAlone(message: Popped): Promise<void> {
    await this.#inHand.alone(() => {
      sayProcessing([message], this.#deps)
      void this.#handle(message)
    })
  }

  async #handle(message: Popped): Promise<void> {
    this.#inHand.take()
    try {
      refuseNewer(message)
      // crash point: before prepare
      const found = await this.#deps.handlers[message.name]?.prepare?.(message, this.#deps.outside.call)
      // crash point: after prepare
      await this.#apply({ message, found })
      this.counts.handled++
    } catch (error) {
      return this.#failed(message, error)
    }
    this.#release(message)
  }

  #release({ id }: Popped): void {
    this.#deps.held.putDown(id)
    this.#inHand.putDown()
  }

  /** Never rejects: when even this goes wrong the message is let go, and its sender pushes it again. */
  async #failed(message: Popped, error: unknown): Promise<void> {
    try {
      const fate = fateOf(error, message)
      if (fate.kind === 'retry') {
        this.counts.retried++
        void this.#putOff.add(message, fate, error) // the others need not wait
        return this.#release(message)
      }
      await buryMessage(message, fate.reason, this.#deps)
      this.counts.buried++
    } catch (cause) {
      if (asStoreFailure(cause)) return this.#failed(message, cause)
      this.#deps.log.error({ err: cause, messageId: message.id }, 'message.stranded')
    }
    this.#release(message)
  }
}
