import { setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Process, startProcess } from '../process.ts'
import { noteOf } from './note.ts'
import type { Crowd, CrowdFigures } from './readers.ts'
import type { Stage } from './stage.ts'

const SAY_EVERY_MS = 1_000
const CALM_MS = 3_000 // what was said last is heard

/** Readers of a stage, to whom something is said each second. */
export class LiveCrowd {
  readonly count: number
  readonly #readers: Process
  readonly #stage: Stage
  #said = 0

  /** Opens so many streams, or as many as a process may have; with a `niceness` their readers leave the processors to others first. */
  static async gather(stage: Stage, count: number, niceness = 0): Promise<LiveCrowd> {
    const readers = await startProcess('live/readers.js', {})
    setPriority(readers.pid, niceness)
    try {
      const crowd: Crowd = { url: stage.url, count }
      return new LiveCrowd(stage, readers, await readers.ask<number>('open', crowd))
    } catch (cause) {
      await readers.stop()
      throw cause
    }
  }

  private constructor(stage: Stage, readers: Process, count: number) {
    this.#stage = stage
    this.#readers = readers
    this.count = count
  }

  /** Says one thing a second, `count` in all. Resolves when the last one was taken. */
  async talk(count: number): Promise<void> {
    const startMs = performance.now()
    for (let i = 0; i < count; i++) {
      await delay(Math.max(startMs + i * SAY_EVERY_MS - performance.now(), 0))
      await this.#stage.say(noteOf(++this.#said, Date.now()))
    }
  }

  /** Kills who has the streams. Resolves with how long it took until all had one again (ms). */
  async lose(): Promise<number> {
    const gone = this.#readers.ask('away')
    const killedAt = Date.now()
    await Promise.all([this.#stage.kill(), gone])
    return (await this.#readers.ask<number>('back')) - killedAt
  }

  /** When all has been heard that ever will be. */
  async figures(): Promise<CrowdFigures> {
    await delay(CALM_MS)
    return this.#readers.ask<CrowdFigures>('figures', this.#said)
  }

  leave(): Promise<void> {
    return this.#readers.stop()
  }
}
