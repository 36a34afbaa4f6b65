import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { bundleOf, INIT, type Mount, type Who } from './bundle.ts'
import type { Service } from './compose-file.ts'
import { rootFrom } from './images.ts'
import { run } from './run.ts'
import type { Volumes } from './volumes.ts'

const RUNC = ['--root', '/run/rehearsal']
const TINI = '/usr/bin/tini-static' // what engines bring as their init
const SOON_MS = 100
const SIGNAL_LIMIT_MS = 60_000
const LAST_LINES = 25

type Stage = { folder: string; volumes: Volumes; gateway: string }
type Place = { netns: string; address: string }

/** One container: a service's process, run by the runtime that engines use, from a root of its own. */
export class Container {
  readonly name: string
  readonly service: Service
  readonly stopSignal: string
  readonly #folder: string
  readonly #process: ChildProcess
  readonly #ended: Promise<number>
  #exitCode: number | null = null

  private constructor(name: string, service: Service, stopSignal: string, folder: string) {
    this.name = name
    this.service = service
    this.stopSignal = stopSignal
    this.#folder = folder
    const log = openSync(join(folder, 'log'), 'a')
    this.#process = spawn('runc', [...RUNC, 'run', '--bundle', folder, name], { stdio: ['ignore', log, log] })
    closeSync(log)
    this.#ended = once(this.#process, 'exit').then(([code]) => this.#end(Number(code ?? 1)))
  }

  #end(code: number): number {
    this.#exitCode = code
    return code
  }

  /** Makes what the process needs, and starts it. */
  static async start(name: string, service: Service, stage: Stage, { netns, address }: Place): Promise<Container> {
    const { root, config: image } = await rootFrom(service.image, name)
    const folder = join(stage.folder, name)
    const hostname = randomBytes(6).toString('hex') // as engines name them
    mkdirSync(folder)
    const own = filesFor(folder, stage.gateway, `${address} ${hostname}`)
    const mounts = [...own, ...(await stage.volumes.mountsFor(service, image, root))]
    const who = whoIs(service.user ?? image.User ?? '', root)
    const bundle = bundleOf({ service, image, who, root, mounts, hostname, netns })
    writeFileSync(join(folder, 'config.json'), JSON.stringify(bundle))
    return new Container(name, service, image.StopSignal, folder)
  }

  /** What it ended with; null while it runs. */
  get exitCode(): number | null {
    return this.#exitCode
  }

  /** The id of its first process, by which this namespace knows it. */
  async pid(): Promise<number> {
    return z.object({ pid: z.number() }).parse(JSON.parse(await run('runc', [...RUNC, 'state', this.name]))).pid
  }

  /** Its exit code, once it has ended. */
  get ended(): Promise<number> {
    return this.#ended
  }

  /** Runs a command within, as its user and with its environment; whether that went well in time. */
  isWell(args: string[], timeoutMs: number): Promise<boolean> {
    return run('runc', [...RUNC, 'exec', this.name, ...args], timeoutMs).then(
      () => true,
      () => false,
    )
  }

  /** What is wrong with it, with the end of what it has written. */
  failure(why: string): Error {
    const lines = readFileSync(join(this.#folder, 'log'), 'utf8').trimEnd().split('\n').slice(-LAST_LINES)
    return new Error([`${this.name} ${why}`, ...lines.map((line) => `  ${this.name} | ${line}`)].join('\n'))
  }

  /** Sends a signal to its first process, if it has not ended. */
  async signal(name: string): Promise<void> {
    const deadline = Date.now() + SIGNAL_LIMIT_MS
    while (this.#exitCode === null && !(await this.#isSent(name))) {
      if (Date.now() > deadline) throw this.failure(`does not take ${name}`)
      await wait(SOON_MS) // it is only being made
    }
  }

  #isSent(name: string): Promise<boolean> {
    return run('runc', [...RUNC, 'kill', this.name, name]).then(
      () => true,
      () => false,
    )
  }
}

/** The files that an engine lays over a container's own, and its init. */
function filesFor(folder: string, gateway: string, self: string): Mount[] {
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost\n::1 localhost\n${self}\n`)
  writeFileSync(join(folder, 'resolv.conf'), `nameserver ${gateway}\noptions ndots:0\n`)
  const laid = ['hosts', 'resolv.conf'].map((name) => ({ source: join(folder, name), destination: `/etc/${name}` }))
  return [...laid, { source: TINI, destination: INIT }].map((mount) => ({ ...mount, isReadOnly: true }))
}

/** The ids of a user (`redis`, `1000:1000`, or none for root) by the container's own list of users. */
function whoIs(user: string, root: string): Who {
  if (user === '') return { uid: 0, gid: 0 }
  const [name = '', group] = user.split(':')
  const users = readFileSync(join(root, 'etc', 'passwd'), 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] = users.find(([called, , id]) => called === name || id === name) ?? []
  if (uid === undefined) throw new Error(`the image has no user ${name}`)
  return { uid: Number(uid), gid: Number(group ?? gid) }
}
