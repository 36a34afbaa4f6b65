import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from './until.ts'

const CHILDREN = [
  ...['services/order', 'services/inventory', 'services/payment', 'services/notification'],
  ...['simulators/mailbox', 'simulators/payment-gateway'],
]

// Stands in for a service or a simulator: tells its environment, then lives until it is told to stop.
const STAND_IN = `
import { appendFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
const name = process.argv[1].split('/').at(-2)
const { PORT, HOST, DATA_DIR } = process.env
const say = (msg, more) => console.log(JSON.stringify({ level: 30, time: Date.now(), service: name, ...more, msg }))
process.on('SIGTERM', () => {
  appendFileSync(DATA_DIR + '/stopped', name + '\\n')
  process.exit(0)
})
process.on('disconnect', () => process.exit(0))
const server = createServer((req, res) => res.end(name))
server.listen(Number(PORT ?? 0), HOST, () => {
  writeFileSync(DATA_DIR + '/' + name + '.env.json', JSON.stringify(process.env))
  const url = 'http://' + HOST + ':' + server.address().port
  say('started', { pid: process.pid, url })
  process.send?.({ type: 'ready', url })
})
`

export type Tree = {
  folder: string
  dataDir: string
  replace(child: string, code: string): void
  remove(): void
}

/** The built launcher in a folder of its own, where stand-ins take the places of services and simulators. */
export function createTree(): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-launcher-'))
  for (const part of ['dist/scripts', 'dist/shared']) cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const replace = (child: string, code: string) => {
    mkdirSync(join(folder, 'dist', child), { recursive: true })
    writeFileSync(join(folder, 'dist', child, 'main.js'), code)
  }
  for (const child of CHILDREN) replace(child, STAND_IN)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { folder, dataDir: join(folder, 'data'), replace, remove }
}

export type Fact = { service: string; msg: string; pid?: number } & Record<string, unknown>

/** A launcher that runs in a tree, and what it has printed so far. */
export class LaunchRun {
  output = ''
  readonly process: ChildProcess
  readonly exit: Promise<number | null>

  constructor(tree: Tree, env: Record<string, string> = {}) {
    const quiet = { ...process.env, REDIS_URL: '', SMTP_URL: '', STRIPE_SECRET_KEY: '', FORCE_COLOR: '0' }
    this.process = spawn(process.execPath, ['dist/scripts/start.js'], {
      cwd: tree.folder,
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
