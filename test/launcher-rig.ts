import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { programs } from '../services/all.ts'
import { simulators } from '../shared/start/environment.ts'
import { until } from './until.ts'

const PARTS = [
  ...['dist/launcher', 'dist/shared', 'dist/terminal', 'dist/services/all.js'],
  ...['dist/simulators/slow-motion', 'dist/simulators/with-loyalty'], // loaded before a service of the demo
]
const CHILDREN = [...programs.map((name) => `services/${name}`), ...simulators.map((name) => `simulators/${name}`)]

// Stands in for a service or a simulator: tells its environment, then lives until it is told to stop.
const STAND_IN = `
import { appendFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
const name = process.argv[1].split('/').at(-2)
const { PORT, CONTROL_PORT, HOST, DATA_DIR } = process.env
const say = (msg, more) => console.log(JSON.stringify({ level: 30, time: Date.now(), service: name, ...more, msg }))
const stopMs = { order: 100, mailbox: 0, 'payment-gateway': 0, 'sms-gateway': 0 }[name] ?? 50 // the earlier its turn, the slower
const stop = () => {
  appendFileSync(DATA_DIR + '/stopped', name + '\\n')
  process.exit(0)
}
process.on('SIGTERM', () => setTimeout(stop, stopMs))
process.on('disconnect', () => process.exit(0))
const server = createServer((req, res) => res.end(name))
server.listen(Number(PORT ?? CONTROL_PORT ?? 0), HOST, () => {
  writeFileSync(DATA_DIR + '/' + name + '.env.json', JSON.stringify(process.env))
  const url = 'http://' + HOST + ':' + server.address().port
  say('started', { pid: process.pid, url })
  process.send?.({ type: 'ready', url })
})
`

/** An ordinary user, for what root could do all the same. */
export const NOBODY = { uid: 65_534, gid: 65_534 }
export type User = typeof NOBODY

/** The built launcher in a folder of its own, where stand-ins take the places of services and simulators. */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), 'orderline-launcher-'))
  readonly dataDir = join(this.folder, 'data')
  readonly #runs: LaunchRun[] = []

  constructor() {
    for (const part of PARTS) cpSync(part, join(this.folder, part), { recursive: true })
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'))
    writeFileSync(join(this.folder, 'package.json'), JSON.stringify({ type: 'module' }))
    for (const child of CHILDREN) this.replace(child, STAND_IN)
  }

  replace(child: string, code: string): void {
    mkdirSync(join(this.folder, 'dist', child), { recursive: true })
    writeFileSync(join(this.folder, 'dist', child, 'main.js'), code)
  }

  /** Starts the launcher, as another user if need be. */
  launch(env: Record<string, string> = {}, user?: User): LaunchRun {
    const run = new LaunchRun(this, env, user)
    this.#runs.push(run)
    return run
  }

  /** The environment that a stand-in was started with. */
  envOf(name: string): Record<string, string> {
    return JSON.parse(readFileSync(join(this.dataDir, `${name}.env.json`), 'utf8'))
  }

  redisPid(): number {
    return Number.parseInt(readFileSync(join(this.dataDir, 'redis', 'redis.pid'), 'utf8'), 10)
  }

  inRedis<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.envOf('order').REDIS_URL ?? '')
    return work(redis).finally(() => redis.disconnect())
  }

  log(): string {
    return readFileSync(join(this.dataDir, 'logs', 'orderline.log'), 'utf8')
  }

  async close(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export type Fact = { service: string; msg: string; pid?: number } & Record<string, unknown>

/** A launcher that runs in a tree, and what it has printed so far. */
export class LaunchRun {
  output = ''
  readonly process: ChildProcess
  readonly exit: Promise<number | null>

  constructor(tree: Tree, env: Record<string, string> = {}, user?: User) {
    const quiet = { ...process.env, REDIS_URL: '', SMTP_URL: '', STRIPE_SECRET_KEY: '', FORCE_COLOR: '0' }
    this.process = spawn(process.execPath, ['dist/launcher/main.js'], {
      ...{ cwd: tree.folder, ...user },
      env: { ...quiet, PORT: '0', DATA_DIR: tree.dataDir, ...env },
    })
    this.exit = new Promise((done) => this.process.once('close', done))
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
  }

  facts(service: string, msg: string): Fact[] {
    const lines = this.output.split('\n').slice(0, -1)
    const facts = lines.filter((line) => line.startsWith('{')).map((line): Fact => JSON.parse(line))
    return facts.filter((fact) => fact.service === service && fact.msg === msg)
  }

  /** The process of a stand-in, as it told when it started for the `nth` time. */
  async pidOf(name: string, nth = 1): Promise<number> {
    const { pid } = await until(() => this.facts(name, 'started')[nth - 1], { what: `${name} to tell its pid` })
    return Number(pid)
  }

  /** The process that ends all others when the launcher is killed. */
  guardPid(): number {
    const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']).toString().split('\n')
    const guard = lines.find(
      (line) => / orderline-guard$/.test(line) && Number(line.trim().split(/ +/)[1]) === this.process.pid,
    )
    return Number(guard?.trim().split(' ')[0] ?? 0)
  }

  async ready(): Promise<Fact> {
    return until(() => this.facts('launcher', 'launcher.ready')[0], { what: `ready in ${this.output}` })
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal)
    return this.exit
  }
}

/** True while a process runs. A zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch {
    return false
  }
}

function isZombie(pid: number): boolean {
  const status = `/proc/${pid}/status`
  return existsSync(status) && /^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}
