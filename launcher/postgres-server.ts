import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const READY_LIMIT_MS = 20_000
const PROBE_EVERY_MS = 25
const NOBODY = 65_534 // the server refuses to run as root
const PACKAGED = '/usr/lib/postgresql' // Debian's own folder of versions

/** A PostgreSQL that nobody starts again when it dies: for benchmarks, chaos and tests. */
export type LonePostgres = {
  /** Of its first database; `url.replace` of the last part gives others. */
  url: string
  folder: string
  pid: number
  /** `SIGQUIT` ends it at once, as if its machine lost power; `SIGINT` ends sessions first. */
  end(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
}

/** The folder of the programs of a PostgreSQL on this machine, the newest where there are several; undefined where there is none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(PACKAGED, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/**
 * Starts a server on a port of the loopback, with a folder of its own that `end` removes; it ends with this process at
 * the latest. What is committed is on disk, as by default. `settings` are lines as in postgresql.conf. Throws when it
 * does not answer in time.
 */
export async function startLonePostgres(
  programs: string,
  port: number,
  { settings = [], under = tmpdir() }: { settings?: string[]; under?: string } = {},
): Promise<LonePostgres> {
  const folder = mkdtempSync(join(under, 'orderline-postgres-'))
  const who = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if ('uid' in who) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'orderline', '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8', '-N'],
    who,
  )
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    ...DEFAULTS,
    ...settings,
  ]
  const args = ['-D', data, ...options.flatMap((option) => ['-c', option])]
  const server = spawn(join(programs, 'postgres'), args, { ...who, stdio: 'ignore' })
  const kill = () => void server.kill('SIGQUIT')
  process.prependOnceListener('exit', kill)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const end: LonePostgres['end'] = async (signal = 'SIGINT') => {
    server.kill(signal)
    await ended
    process.off('exit', kill)
    rmSync(folder, { recursive: true, force: true })
  }
  const isReady = () => run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`], {}).then(...SAID)
  for (const untilMs = performance.now() + READY_LIMIT_MS; !(await isReady()); await sleep(PROBE_EVERY_MS)) {
    if (server.exitCode === null && performance.now() < untilMs) continue
    await end('SIGQUIT')
    throw new Error('postgres does not start')
  }
  return { url: `postgresql://orderline@127.0.0.1:${port}/postgres`, folder, pid: server.pid ?? 0, end }
}

const DEFAULTS = ['max_connections=400', 'shared_buffers=256MB', 'max_wal_size=2GB', 'log_min_messages=fatal']
const SAID = [() => true, () => false] as const
const run = promisify(execFile)
