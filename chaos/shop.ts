import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProgramName } from '../services/all.ts'
import type { Simulator, Victim } from './fault.ts'
import { LogWatch } from './log-watch.ts'
import { childrenOf, find, type Process, signal } from './processes.ts'
import { shopEnv } from './shop-env.ts'
import { flipSwitch } from './switches.ts'

const START_LIMIT_MS = 90_000
const STOP_LIMIT_MS = 60_000
const NICER = 5 // than we are: of its twenty processes each would have as much of the processors, and faults come late
const NICEST = 19

/** A whole shop as `npm start` runs it, from a tree of our choice, on free ports. Its log is watched, not kept. */
export class Shop {
  readonly log = new LogWatch()
  readonly dataDir: string
  readonly folder: string
  readonly #launcher: ChildProcess
  readonly #given: string // where it was told that its Redis is; empty when it brings its own
  #lastTurn: Promise<unknown> = Promise.resolve()

  /** Its environment is `more` beside what we give it. Throws, with what the launcher said, when the shop does not come up. */
  static async open(folder: string, dataDir: string, more: NodeJS.ProcessEnv = {}): Promise<Shop> {
    const shop = new Shop(folder, dataDir, more)
    await shop.#whenReady()
    return shop
  }

  /** In a process group of its own, so that Ctrl-C is ours alone: the shop is stopped when the run has ended. */
  private constructor(folder: string, dataDir: string, more: NodeJS.ProcessEnv) {
    this.folder = folder
    this.#given = more.REDIS_URL ?? ''
    this.dataDir = dataDir
    this.#launcher = spawn(process.execPath, ['dist/launcher/main.js'], {
      cwd: folder,
      env: { ...process.env, ...shopEnv(dataDir), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    if (this.#launcher.pid) setPriority(this.#launcher.pid, Math.min(getPriority() + NICER, NICEST))
    process.once('exit', this.#endWithUs)
    for (const stream of [this.#launcher.stdout, this.#launcher.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.log.hear(line))
  }

  async #whenReady(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS
    while (!this.log.isReady) {
      if (this.#launcher.exitCode !== null || Date.now() > deadline) await this.#giveUp()
      await delay(50)
    }
  }

  async #giveUp(): Promise<never> {
    await this.stop()
    throw new Error(`the shop does not start:\n${this.log.trouble.join('\n')}`)
  }

  get launcherPid(): number {
    return this.#launcher.pid ?? 0
  }

  processes(): Promise<Process[]> {
    return childrenOf(this.launcherPid)
  }

  /** Rejects when the process is not running just now. */
  async pidOf(victim: Victim): Promise<number> {
    return find(victim, await this.processes()).pid
  }

  /** Where the shop's Redis is; its own stays the same when Redis is started again. */
  async redisUrl(): Promise<string> {
    if (this.#given !== '') return this.#given
    const { command } = find('redis', await this.processes())
    const conf = readFileSync(join(this.dataDir, 'redis', 'password.conf'), 'utf8')
    return `redis://:${/^requirepass (\S+)/.exec(conf)?.[1]}@127.0.0.1:${/:(\d+)/.exec(command)?.[1]}`
  }

  url(name: ProgramName | Simulator): string {
    return this.log.urls.get(name) ?? ''
  }

  /** Changes the switches of a simulator. Rejects when it is not there. */
  async switch(simulator: Simulator, to: object): Promise<void> {
    await flipSwitch(this.url(simulator), to)
  }

  /** Two that stop and continue the launcher at once would undo each other's stop: they take turns. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#lastTurn.then(work)
    this.#lastTurn = mine.catch(() => {})
    return mine
  }

  /** Lets everything that was frozen go on. */
  async thaw(): Promise<void> {
    signal(this.launcherPid, 'SIGCONT')
    for (const { pid } of await this.processes()) signal(pid, 'SIGCONT')
  }

  /** Ends the shop in good order, or by force when that takes too long. Resolves when its launcher is gone. */
  async stop(): Promise<void> {
    const launcher = this.#launcher
    process.off('exit', this.#endWithUs)
    if (launcher.exitCode !== null || launcher.signalCode !== null) return
    await this.thaw()
    const gone = once(launcher, 'exit')
    launcher.kill('SIGTERM')
    const force = setTimeout(() => this.#kill(), STOP_LIMIT_MS)
    await gone
    clearTimeout(force)
  }

  /** Where we end without having stopped it, as by an error that nobody catches, it is not to go on for ever. */
  readonly #endWithUs = () => void signal(this.launcherPid, 'SIGTERM')

  async #kill(): Promise<void> {
    const processes = await this.processes()
    this.#launcher.kill('SIGKILL')
    for (const { pid } of processes) signal(pid, 'SIGKILL')
  }
}
