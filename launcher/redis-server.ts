import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PROBE_LIMIT_MS = 1_000
const PROBE_EVERY_MS = 20
const READY_LIMIT_MS = 10_000
const END_LIMIT_MS = 5_000

/** How a Redis of our own is run, and whether it is up, whoever runs it. */
export type RedisServer = { command: string; args: string[]; isReady: () => Promise<boolean> }

/**
 * A Redis on the loopback, its data kept in an append-only file in `folder`, which is made where it is missing. With a
 * `password` nobody else on this machine gets in.
 */
export function redisServer(program: string, folder: string, port: number, password?: string): RedisServer {
  mkdirSync(folder, { recursive: true })
  return {
    command: program,
    args: [
      ...(password === undefined ? [] : [writePassword(folder, password)]),
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
      ...['--list-compress-depth', '1'], // what waits in the middle of a long list takes a quarter of the memory
    ],
    isReady: () => answersPing(port, password),
  }
}

/** In a file, because everyone on this machine may read the arguments of every process. Returns its path. */
function writePassword(folder: string, password: string): string {
  const path = join(folder, 'password.conf')
  writeFileSync(path, `requirepass ${password}\n`, { mode: 0o600 })
  return path
}

/** A Redis that nobody starts again when it dies: for benchmarks and tests. */
export type LoneRedis = { pid: number; end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void> }

/** Starts a Redis; it ends with this process at the latest. Throws when it does not answer in time. */
export async function startLoneRedis({ command, args, isReady }: RedisServer): Promise<LoneRedis> {
  const server = spawn(command, args, { stdio: 'ignore' })
  server.on('error', () => {}) // it will not become ready, and that is said below
  const kill = () => void server.kill('SIGKILL')
  process.prependOnceListener('exit', kill) // before the folder it works in is removed
  const end: LoneRedis['end'] = async (signal = 'SIGTERM') => {
    await ended(server, signal)
    process.off('exit', kill)
  }
  for (const untilMs = performance.now() + READY_LIMIT_MS; !(await isReady()); await sleep(PROBE_EVERY_MS)) {
    if (!hasEnded(server) && performance.now() < untilMs) continue
    await end('SIGKILL')
    throw new Error(`${command} does not start`)
  }
  return { pid: server.pid ?? 0, end }
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(server)) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  server.kill('SIGCONT') // it may have been frozen
  const force = setTimeout(() => server.kill('SIGKILL'), END_LIMIT_MS)
  await gone
  clearTimeout(force)
}

const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess) =>
  pid === undefined || exitCode !== null || signalCode !== null

/** False while it is not there or still loads its data. */
function answersPing(port: number, password: string | undefined): Promise<boolean> {
  const login = password === undefined ? '' : `AUTH ${password}\r\n`
  return new Promise((resolve) => {
    let said = ''
    const socket = connect({ port, host: '127.0.0.1', timeout: PROBE_LIMIT_MS })
    const answer = (isReady: boolean) => {
      socket.destroy()
      resolve(isReady)
    }
    socket.once('connect', () => socket.write(`${login}PING\r\nQUIT\r\n`))
    socket.setEncoding('utf8').on('data', (reply) => (said += reply))
    socket.once('end', () => answer(said.includes('+PONG')))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}
