import { z } from 'zod'
import { Child, type ChildListener, type Death } from './child.ts'
import type { ChildSpec, Mended } from './child-spec.ts'
import { createFirstStart, type FirstStart } from './first-start.ts'
import type { Guard } from './guard.ts'
import type { Say } from './screen.ts'
import type { Stream } from './spawn-child.ts'

const READY_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 10_000

const notStarted = z.object({ type: z.literal('not.started'), reason: z.string() })

export type SupervisorOptions = {
  say: Say
  output: (spec: ChildSpec, text: string, stream: Stream) => void
  guard?: Guard
  asked?: (name: string, message: unknown, answer: (answer: object) => void) => void
  readyLimitMs?: number
  stopLimitMs?: number
}

type Listed = { name: string; state: Child['state']; pid: number | undefined; isOnDemand: boolean }

/** Keeps a set of processes running, and knows them by name. Their stages say in which order to stop them. */
export class Supervisor implements ChildListener {
  readonly #stages: Child[][]
  readonly #options: SupervisorOptions
  readonly #first: FirstStart

  constructor(stages: ChildSpec[][], options: SupervisorOptions) {
    this.#stages = stages.map((specs) => specs.map((spec) => new Child(spec, this)))
    this.#options = options
    this.#first = createFirstStart(this.#standing)
  }

  /** Starts all at once but those on demand. Resolves when each has been up; rejects, naming the culprit, when one will not. */
  async startAll(): Promise<void> {
    const started = this.#first.outcome(this.#options.readyLimitMs ?? READY_LIMIT_MS)
    for (const child of this.#standing) child.start()
    await started
  }

  /** Stops all, stage by stage. Resolves when no process is left. */
  async stopAll(): Promise<void> {
    for (const stage of this.#stages)
      await Promise.all(stage.map((child) => child.stop(this.#options.stopLimitMs ?? STOP_LIMIT_MS)))
  }

  /** Ends all at once and for good, for whoever will not wait any longer. */
  killAll(): void {
    for (const child of this.#children) {
      void child.stop(STOP_LIMIT_MS)
      child.kill()
    }
  }

  start(name: string): void {
    this.#find(name).start()
  }

  /** Stops one process until it is started again by name. */
  async stop(name: string): Promise<void> {
    await this.#find(name).stop(this.#options.stopLimitMs ?? STOP_LIMIT_MS)
  }

  /** `kill -9`, for trying out what happens then: it is started again like after any death. */
  kill(name: string): void {
    this.#find(name).kill()
  }

  /** Tells a process something, if it still listens. */
  tell(name: string, message: object): void {
    this.#find(name).answer(message)
  }

  async restart(name: string): Promise<void> {
    await this.stop(name)
    this.start(name)
  }

  /** Every process by name, with its pid and what it is doing. */
  list(): Listed[] {
    return this.#children.map(({ spec, state, pid }) => {
      return { name: spec.name, state, pid, isOnDemand: spec.isOnDemand === true }
    })
  }

  output(child: Child, text: string, stream: Stream): void {
    this.#options.output(child.spec, text, stream)
  }

  began(pid: number): void {
    this.#options.guard?.watch(pid)
  }

  ended(pid: number): void {
    this.#options.guard?.forget(pid)
  }

  unnoted(child: Child, reason: string): void {
    this.#options.say('warn', 'process.unnoted', { name: child.spec.name, reason })
  }

  asked(child: Child, message: unknown): void {
    const refusal = notStarted.safeParse(message).data
    if (refusal) this.#first.refused(child, refusal.reason)
    else this.#options.asked?.(child.spec.name, message, (answer) => child.answer(answer))
  }

  up(child: Child): void {
    if (this.#first.wasUp(child)) this.#options.say('info', 'process.back', { name: child.spec.name, pid: child.pid })
    this.#first.up(child)
  }

  died(child: Child, death: Death): void {
    const { code, signal, quickDeaths, restartInMs } = death
    const how = signal === null ? { code } : { signal }
    const again = restartInMs === null ? {} : { restartInMs }
    this.#options.say('warn', 'process.died', { name: child.spec.name, ...how, ...again })
    this.#first.died(child, quickDeaths)
  }

  forced(child: Child, limitMs: number): void {
    this.#options.say('warn', 'process.forced', { name: child.spec.name, limitMs })
  }

  mended(_child: Child, { msg, ...fields }: Mended): void {
    this.#options.say('warn', msg, fields)
  }

  get #children(): Child[] {
    return this.#stages.flat()
  }

  get #standing(): Child[] {
    return this.#children.filter(({ spec }) => !spec.isOnDemand)
  }

  #find(name: string): Child {
    const child = this.#children.find(({ spec }) => spec.name === name)
    if (!child) throw new Error(`no process is called ${name}`)
    return child
  }
}
