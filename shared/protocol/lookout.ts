import { queueKey } from '../keys.ts'
import { type Queue, serviceOf } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import { createAnswerable } from './answerable.ts'
import { createLooks, type Looks } from './looks.ts'
import { readMark } from './mark.ts'
import type { Stamps } from './stamps.ts'
import type { Situation } from './verdict.ts'
import { createWords } from './words.ts'
import { allWorkers, createAttendance, forget } from './workers.ts'

/** What a producer sees of one receiver at one moment. `note` tells it the word on a row, before it is judged. */
export type Sight = Situation & { oldestStamp: number; note(id: string, field: string | null): void }

/**
 * Looks at a receiver's list and workers, and remembers what it saw; words on rows, until the round after. Everything that
 * is waited for is timed here, by this process's own steady clock, from when it was first seen: neither a clock that
 * steps nor another host's can hold a message up.
 */
export class Lookout {
  readonly #queue: Queue
  readonly #redis: Redis
  readonly #stamps: Stamps
  readonly #attendance = createAttendance()
  readonly #answerable = createAnswerable()
  readonly #words = createWords()
  readonly #looks: Looks
  #seen: string[] = []
  #epochStamp = 0

  constructor(queue: Queue, redis: Redis, stamps: Stamps) {
    this.#queue = queue
    this.#redis = redis
    this.#stamps = stamps
    this.#looks = createLooks(stamps)
  }

  async look(isNewRound: boolean): Promise<Sight> {
    const [oldest, newest, mark, beats] = await this.#read()
    const at = performance.now()
    const { live, isAnswering, forgotten } = this.#attendance(beats, at)
    if (forgotten.length > 0) await forget(this.#redis, serviceOf(this.#queue), forgotten)
    this.#compare([`${mark}`, ...[...live].map(([id, { incarnation }]) => `${id}#${incarnation}`)])
    const oldestStamp = this.#looks.add(oldest, newest, at)
    if (isNewRound) this.#words.newRound()
    return {
      ...{ now: Date.now(), oldestStamp, epochStamp: this.#epochStamp },
      isLive: (worker) => live.has(worker),
      note: (id, field) => this.#words.note(id, field, at),
      unchangedForMs: (id) => this.#words.unchangedFor(id, at),
      answerableForMs: this.#answerable(isAnswering, at),
      poppedFor: this.#looks.poppedFor,
    }
  }

  /** A worker is gone, or Redis has lost the mark left in it: an epoch begins, and waives the grace. */
  newEpoch(): void {
    this.#epochStamp = this.#stamps.last()
  }

  #read() {
    return Promise.all([
      this.#redis.lindex(queueKey(this.#queue), -1),
      this.#redis.lindex(queueKey(this.#queue), 0),
      readMark(this.#queue, this.#redis),
      allWorkers(this.#redis, serviceOf(this.#queue)),
    ])
  }

  #compare(now: string[]): void {
    if (this.#seen.some((one) => !now.includes(one))) this.newEpoch()
    this.#seen = now
  }
}
