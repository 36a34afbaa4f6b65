import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { signal } from '../processes.ts'
import type { HostName } from './host-names.ts'
import type { Network } from './network.ts'

const run = promisify(execFile)
const AGAIN_MS = 300
const LIMIT_MS = 60_000

/** A program that runs on a host, and is started again whenever it dies, as by systemd. */
export type Program = {
  name: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** PostgreSQL refuses to run as root. */
  isNobody?: boolean
  hear?: (line: string) => void
}

/** One machine: a name, processes and a network of its own. It can be lost, as by a power cut, and be booted again. */
export class Host {
  readonly name: HostName
  readonly #network: Network
  readonly #running = new Map<string, ChildProcess>()
  #init: { pid: number; gone: Promise<unknown> } | undefined

  constructor(name: HostName, network: Network) {
    this.name = name
    this.#network = network
  }

  /** Boots it, with nothing running yet. */
  async boot(): Promise<void> {
    const apart = ['unshare', '--pid', '--uts', '--ipc', '--mount-proc', '--fork', '--kill-child']
    const holder = spawn('ip', ['netns', 'exec', this.name, ...apart, 'sh', '-c', `hostname ${this.name}; ${REST}`])
    const gone = once(holder, 'exit')
    let pid: number | undefined
    while (pid === undefined) {
      if (holder.exitCode !== null) throw new Error(`${this.name} does not boot`)
      await delay(10)
      pid = childOf(holder.pid)
    }
    await delay(BOOT_MS)
    this.#init = { pid, gone }
  }

  /** Its power goes: the cable is dead first, so that nobody hears of it, then everything that runs on it. */
  async lose(): Promise<void> {
    const init = this.#init
    if (init === undefined) throw new Error(`${this.name} is lost already`)
    this.#init = undefined
    await this.#network.unplug(this.name)
    signal(init.pid, 'SIGKILL') // the first of its processes: the kernel ends all others with it
    await init.gone
  }

  /** Starts a program, and again whenever it dies, until the host is lost. */
  keep(program: Program): void {
    const boot = this.#init
    const start = () => {
      if (boot === undefined || this.#init !== boot) return
      const child = this.#spawn(program)
      this.#running.set(program.name, child)
      child.once('exit', () => setTimeout(start, AGAIN_MS).unref())
    }
    start()
  }

  /** The process of a program that is kept. Throws when it is not running just now. */
  pidOf(name: string): number {
    const pid = childOf(this.#running.get(name)?.pid)
    if (this.#init === undefined || pid === undefined) throw new Error(`${name} is not running on ${this.name}`)
    return pid
  }

  /** Runs a program there to its end. Resolves with what it said; rejects when it failed, took too long, or the host is lost. */
  async run(command: string, args: string[], how: Pick<Program, 'isNobody'> = {}): Promise<string> {
    const { stdout } = await run('nsenter', this.#into({ command, args, ...how }), { timeout: LIMIT_MS })
    return stdout.trim()
  }

  #spawn(program: Program): ChildProcess {
    const { env, hear = () => {} } = program
    const child = spawn('nsenter', this.#into(program), { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear)
    child.on('error', (error) => hear(error.message))
    return child
  }

  #into({
    command,
    args,
    isNobody = false,
    cwd = '/',
  }: Pick<Program, 'command' | 'args' | 'isNobody' | 'cwd'>): string[] {
    if (this.#init === undefined) throw new Error(`${this.name} is lost`)
    const user = isNobody ? ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups'] : []
    return [
      '-t',
      String(this.#init.pid),
      '-n',
      '-p',
      '-u',
      '-i',
      '-m',
      '--',
      'env',
      '-C',
      cwd,
      ...user,
      command,
      ...args,
    ]
  }
}

const REST = 'exec sleep infinity'
const BOOT_MS = 50 // until it has its name

/** The process that another has forked to begin in the new place. */
function childOf(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || undefined
  } catch {
    return undefined
  }
}
