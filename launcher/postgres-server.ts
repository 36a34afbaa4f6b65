import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const READY_LIMIT_MS = 20_000
const PROBE_EVERY_MS = 25
const NOBODY = 65_534 // the server refuses to run as root

/** `SIGQUIT` ends a server at once, as if its machine lost power, and so does `SIGKILL`, by the kernel; `SIGINT` ends sessions first. */
type Ending = 'SIGINT' | 'SIGQUIT' | 'SIGKILL'

/** A PostgreSQL that nobody starts again when it dies: for benchmarks, chaos and tests. */
export type LonePostgres = {
  /** Of the database that it begins with. */
  url: string
  folder: string
  pid(): number
  stop(signal?: Ending): Promise<void>
  /** The same folder and port again. */
  start(): Promise<void>
  /** Stops it, and removes its folder. */
  end(): Promise<void>
}

/**
 * Starts a server, by the programs in a folder, on a port of the loopback, with a folder of its own; both go with this
 * process at the latest, whatever ends it. What is committed is on disk, as by default. `settings` are lines as in postgresql.conf. Throws
 * when it does not answer in time.
 */
export async function startLonePostgres(
  programs: string,
  port: number,
  { settings = [], under = tmpdir() }: { settings?: string[]; under?: string } = {},
): Promise<LonePostgres> {
  const folder = mkdtempSync(join(under, 'orderline-postgres-'))
  const program = (name: string) => join(programs, name)
  if ('uid' in who) chownSync(folder, NOBODY, NOBODY)
  await run(program('initdb'), ['-D', join(folder, 'data'), ...INITIALLY], who)
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    ...DEFAULTS,
    ...settings,
  ]
  const args = ['-D', join(folder, 'data'), ...options.flatMap((option) => ['-c', option])]
  const isReady = () => run(program('pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`]).then(...SAID)
  const startIt = () => startRunning(program('postgres'), args, folder, isReady)
  let running = await startIt()
  const stop = (signal: Ending = 'SIGINT') => running.stop(signal)
  return {
    url: `postgresql://orderline@127.0.0.1:${port}/postgres`,
    folder,
    pid: () => running.pid,
    stop,
    start: async () => {
      running = await startIt()
    },
    end: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const who = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
const INITIALLY = ['-U', 'orderline', '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8', '-N']
const DEFAULTS = ['max_connections=400', 'shared_buffers=256MB', 'max_wal_size=2GB', 'log_min_messages=fatal']
const SAID = [() => true, () => false] as const
const run = promisify(execFile)

async function startRunning(program: string, args: string[], folder: string, isReady: () => Promise<boolean>) {
  const server = spawn(program, args, { ...who, stdio: 'ignore' })
  const hasEnded = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const kill = () => void server.kill('SIGQUIT')
  process.prependOnceListener('exit', kill) // before the folder it works in is removed
  const watcher = watch(server.pid ?? 0, folder)
  const stop = async (signal: Ending) => {
    server.kill(signal)
    await hasEnded
    watcher.kill('SIGKILL')
    process.off('exit', kill)
  }
  for (const untilMs = performance.now() + READY_LIMIT_MS; !(await isReady()); await sleep(PROBE_EVERY_MS)) {
    if (server.exitCode === null && performance.now() < untilMs) continue
    await stop('SIGQUIT')
    throw new Error('postgres does not start')
  }
  return { pid: server.pid ?? 0, stop }
}

/**
 * Ends the server and removes its folder once this process is gone, for a signal that ends it leaves it no time: that the
 * other end of its stdin is closed is what tells. In a group of its own, or Ctrl-C would end it as well.
 */
function watch(pid: number, folder: string) {
  const script = 'read _; kill -QUIT "$0"; sleep 1; rm -rf "$1"'
  const watcher = spawn('sh', ['-c', script, `${pid}`, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.unref()
  return watcher
}
