import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import { pickPorts } from '../launcher/ports.ts'
import { redisProcess } from '../launcher/redis-process.ts'

/** A Redis of one round's own. */
export type BenchRedis = { url: string; pid: number; stop(): Promise<void> }

const READY_LIMIT_MS = 10_000
const STOP_LIMIT_MS = 5_000
const LOOK_EVERY_MS = 20

/** Starts an empty Redis, set as the launcher sets its own, with its file under `folder`. */
export async function startBenchRedis(folder: string): Promise<BenchRedis> {
  const [port = 0] = await pickPorts(1)
  const { command, args, isReady } = redisProcess({ ...readLaunchConfig(), dataDir: folder }, port)
  const server = spawn(command, args, { stdio: 'ignore', detached: true }) // Ctrl-C is for the bench to hear
  server.on('error', () => {}) // it will not become ready, and that is said below
  const kill = () => void server.kill('SIGKILL')
  process.prependOnceListener('exit', kill) // before the folder it works in is removed
  const stop = async () => {
    await end(server)
    process.off('exit', kill)
  }
  for (const untilMs = Date.now() + READY_LIMIT_MS; !(await isReady?.()); await delay(LOOK_EVERY_MS)) {
    if (!hasEnded(server) && Date.now() < untilMs) continue
    await stop()
    throw new Error(`${command} does not start`)
  }
  return { url: `redis://127.0.0.1:${port}`, pid: server.pid ?? 0, stop }
}

async function end(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  server.kill('SIGCONT') // it may have been frozen
  const force = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS)
  await gone
  clearTimeout(force)
}

const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess) =>
  pid === undefined || exitCode !== null || signalCode !== null
