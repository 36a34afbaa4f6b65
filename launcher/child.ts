import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildSpec, Mended } from './child-spec.ts'
import { restartDelayMs } from './restart-delay.ts'
import { type Stream, spawnChild, streams } from './spawn-child.ts'
import { createTail } from './tail.ts'

const SETTLED_MS = 3_000 // up for so long, an earlier death is forgotten
const PROBE_EVERY_MS = 20
const ENDED_BY_OTHERS = new Set<string | null>(['SIGKILL', 'SIGTERM'])

export type Death = { code: number | null; signal: string | null; quickDeaths: number; restartInMs: number | null }

/** What a child tells about itself. */
export type ChildListener = {
  output(child: Child, text: string, stream: Stream): void
  began(pid: number): void
  ended(pid: number): void
  /** Nothing but the guard would end it if the launcher were killed now. */
  unnoted(child: Child, reason: string): void
  up(child: Child): void
  asked(child: Child, message: unknown): void
  died(child: Child, death: Death): void
  forced(child: Child, limitMs: number): void
  mended(child: Child, mended: Mended): void
}

type State =
  | { is: 'stopped' }
  | { is: 'starting' | 'up' | 'stopping'; process: ChildProcess; sinceMs: number; gone: Promise<void> }
  | { is: 'waiting'; timer: NodeJS.Timeout }

/** Owns one process: starts it, starts it again when it dies, stops it. */
export class Child {
  readonly spec: ChildSpec
  readonly tail = createTail()
  #state: State = { is: 'stopped' }
  #quickDeaths = 0
  readonly #listener: ChildListener

  constructor(spec: ChildSpec, listener: ChildListener) {
    this.spec = spec
    this.#listener = listener
  }

  get state(): State['is'] {
    return this.#state.is
  }

  get pid(): number | undefined {
    return 'process' in this.#state ? this.#state.process.pid : undefined
  }

  /** Starts the process, at once if it was waiting for its next start. Does nothing when it runs. */
  start(): void {
    if ('process' in this.#state) return
    this.#endWait()
    const child = this.#spawn()
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
    this.#state = { is: 'starting', process: child, sinceMs: performance.now(), gone }
    child.once('close', (code, signal) => this.#onClose(child, code, signal))
    if (this.spec.isReady) void this.#probe(child, this.spec.isReady)
  }

  /** Ends the process for good: SIGTERM, and SIGKILL after the limit. Resolves when it is gone. */
  async stop(limitMs: number): Promise<void> {
    this.#endWait()
    if (!('process' in this.#state)) return
    const { process: child, gone } = this.#state
    this.#state = { ...this.#state, is: 'stopping' }
    child.kill('SIGTERM')
    const force = setTimeout(() => {
      this.#listener.forced(this, limitMs)
      child.kill('SIGKILL')
    }, limitMs)
    await gone
    clearTimeout(force)
  }

  /** Ends the process at once. Unless it is being stopped, it is started again as after any other death. */
  kill(): void {
    if ('process' in this.#state) this.#state.process.kill('SIGKILL')
  }

  /** Tells the process something, if it still listens. */
  answer(message: object): void {
    if ('process' in this.#state && this.#state.process.connected) this.#state.process.send(message, () => {})
  }

  #spawn(): ChildProcess {
    const child = spawnChild(this.spec, {
      began: (pid) => this.#listener.began(pid),
      unnoted: (reason) => this.#listener.unnoted(this, reason),
      output: (text, stream) => this.#onOutput(text, stream),
      told: (message) => (isReadyMessage(message) ? this.#onReady(child) : this.#listener.asked(this, message)),
    })
    return child
  }

  #onOutput(text: string, stream: Stream): void {
    this.tail.add(text)
    this.#listener.output(this, text, stream)
  }

  async #probe(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
    while (child.exitCode === null && child.signalCode === null) {
      if (await isReady()) return this.#onReady(child)
      await sleep(PROBE_EVERY_MS)
    }
  }

  #onReady(child: ChildProcess): void {
    if (this.#state.is !== 'starting' || this.#state.process !== child) return
    this.#state = { ...this.#state, is: 'up' }
    this.#listener.up(this)
  }

  #onClose({ pid }: ChildProcess, code: number | null, signal: string | null): void {
    if (pid) this.#listener.ended(pid)
    for (const stream of streams) this.#listener.output(this, '\n', stream) // or its next start goes on in a line that was cut off
    if (this.spec.pidFile) rmSync(this.spec.pidFile, { force: true })
    const before = this.#state
    this.#state = { is: 'stopped' }
    if (!('process' in before) || before.is === 'stopping') return
    if (before.is === 'starting' && !ENDED_BY_OTHERS.has(signal)) this.#mend()
    const isQuick = performance.now() - before.sinceMs < SETTLED_MS
    this.#quickDeaths = isQuick ? this.#quickDeaths + 1 : 1
    const restartInMs = this.spec.isOnDemand ? null : restartDelayMs(this.#quickDeaths)
    if (restartInMs !== null) this.#state = { is: 'waiting', timer: setTimeout(() => this.start(), restartInMs) }
    this.#listener.died(this, { code, signal, quickDeaths: this.#quickDeaths, restartInMs })
  }

  #mend(): void {
    const mended = this.spec.mend?.(this.tail.lines())
    if (mended) this.#listener.mended(this, mended)
  }

  #endWait(): void {
    if (this.#state.is !== 'waiting') return
    clearTimeout(this.#state.timer)
    this.#state = { is: 'stopped' }
  }
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
