import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { until } from './until.ts'

/** A Redis of the test's own, on a free port with a folder of its own. */
export type TestRedis = {
  url: string
  client: Redis
  pid(): number
  /** `kill -9`; what was not fsynced may be gone. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts a Redis server that keeps its data over a restart. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'orderline-redis-'))
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => {})
  let server: ChildProcess | undefined

  const start = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '']
    server = spawn(binary(), args, { stdio: 'ignore' })
    await until(() => client.ping(), { what: `redis on ${port}` })
  }
  const end = async (signal: NodeJS.Signals) => {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill(signal)
    await ended
  }
  await client.connect().catch(() => {})
  await start()
  return {
    url,
    client,
    pid: () => server?.pid ?? 0,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      client.disconnect()
      if (server?.exitCode === null && server.signalCode === null) await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function binary(): string {
  return execFileSync('sh', ['-c', 'command -v redis-server || command -v valkey-server']).toString().trim()
}

/** A port nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
