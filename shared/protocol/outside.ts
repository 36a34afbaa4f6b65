import { Busy, Outage } from '../events.ts'
import type { Limits, Outside } from '../handler.ts'
import type { Logger } from '../logger.ts'
import { type AtOnce, createAtOnce } from './at-once.ts'
import { createGate, type Gate } from './gate.ts'
import { createPace, type Pace } from './pace.ts'
import { withLimit } from './time-limit.ts'

const AT_ONCE = 64
const HAND_MS = 5_000 // how much work, at its pace, a worker may hold: what hurries is soon popped, and workers share evenly
const PATIENCE_MS = 15_000 // what would wait here for longer goes back to its list, before its sender misses it
const LAST_CALLS_MS = 4_000 // of the 9 s in which a program has to end

/**
 * How the way out stands: its pace (calls a second by all workers, null where there is none), how many calls may be under way
 * at once, are, and wait for their turn; how many have been made; and how long one takes, in ms, smoothed.
 */
export type Passage = {
  perSecond: number | null
  atOnce: number
  underWay: number
  queued: number
  calls: number
  callMs: number | null
}

/** A call that waits for its turn. `go` makes it, and rejects when it failed; `fail` tells whoever asked for it. */
type Waiting = { since: number; go(): Promise<void>; fail(error: unknown): void }

/**
 * The way out of one worker: so many calls a second, and at once as many as the world outside takes, each with a time limit,
 * the others in their order. `Busy` closes it for all of them, and what was refused is called again when it opens: it has
 * not been tried. What would wait for too long is rejected with `Busy`.
 */
export class WayOut {
  readonly #atOnce: AtOnce
  readonly #pace: Pace
  readonly #gate: Gate
  readonly #waiting: Waiting[] = []
  #underWay = 0
  #calls = 0
  #patienceMs = PATIENCE_MS
  #timer: NodeJS.Timeout | undefined

  constructor(log: Logger, { atOnce = AT_ONCE, perSecond, isFixed = false }: Limits = {}) {
    this.#atOnce = createAtOnce(atOnce, isFixed ? atOnce : 1)
    this.#pace = createPace(perSecond)
    this.#gate = createGate(log)
  }

  /** Makes a call when it is its turn. */
  readonly call: Outside = (make) =>
    new Promise((resolve, reject) => {
      this.#waiting.push({ since: performance.now(), go: () => withLimit(make).then(resolve), fail: reject })
      this.#letGo()
    })

  /** How many messages its worker may hold; none while it is closed. */
  capacity(): number {
    if (this.#gate.closedMs(performance.now()) > 0) return 0
    return Math.max(Math.round(HAND_MS / this.#pace.intervalMs()), 1)
  }

  /** So many calls a second by all workers from now on. */
  setPace(perSecond: number | undefined): void {
    this.#pace.set(perSecond, performance.now())
    this.#letGo()
  }

  state(): Passage {
    const calls = {
      underWay: this.#underWay,
      queued: this.#waiting.length,
      calls: this.#calls,
      callMs: this.#atOnce.callMs(),
    }
    return { perSecond: this.#pace.perSecond(), atOnce: this.#atOnce.max(), ...calls }
  }

  /** So many workers of the service share its rate. */
  share(workers: number): void {
    this.#pace.share(workers)
  }

  /** The worker ends: what has not gone out soon goes back. */
  stop(): void {
    setTimeout(() => {
      this.#patienceMs = 0
      this.#letGo()
    }, LAST_CALLS_MS).unref()
  }

  #letGo(): void {
    clearTimeout(this.#timer)
    const now = performance.now()
    const closedMs = this.#gate.closedMs(now)
    this.#giveBack(now, closedMs)
    if (this.#waiting.length === 0) this.#pace.rest()
    while (this.#waiting.length > 0 && this.#underWay < this.#atOnce.max()) {
      const waitMs = closedMs || this.#pace.take(now)
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#letGo(), Math.ceil(waitMs))
        return
      }
      const next = this.#waiting.shift()
      if (next) void this.#make(next)
    }
  }

  #giveBack(now: number, closedMs: number): void {
    const isLate = ({ since }: Waiting) => now + closedMs - since > this.#patienceMs
    while (this.#waiting[0] && isLate(this.#waiting[0])) this.#waiting.shift()?.fail(new Busy('not its turn', closedMs))
  }

  async #make(one: Waiting): Promise<void> {
    const beganAt = performance.now()
    this.#underWay++
    this.#calls++
    try {
      await one.go()
      this.#answered(beganAt)
    } catch (error) {
      if (error instanceof Outage) this.#atOnce.troubled(beganAt, performance.now())
      else this.#answered(beganAt)
      if (error instanceof Busy) this.#refused(one, error)
      else one.fail(error)
    }
    this.#underWay--
    this.#letGo()
  }

  #answered(beganAt: number): void {
    const isFull = this.#waiting.length > 0 && this.#underWay >= this.#atOnce.max()
    this.#atOnce.answered(beganAt, performance.now(), isFull)
    this.#gate.answered()
  }

  #refused(one: Waiting, busy: Busy): void {
    this.#gate.close(busy)
    this.#waiting.unshift(one)
  }
}
