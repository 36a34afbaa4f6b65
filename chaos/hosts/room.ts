import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Means } from '../means.ts'

// Network, mounts and processes of our own: when the first process in it goes, however it goes, the kernel takes all else away.
const APART = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
const PROGRAMS = ['ip', 'unshare', 'nsenter', 'setpriv', 'mount', 'nginx', 'redis-server', 'redis-cli', 'ps']
const END_LIMIT_MS = 90_000

/** Whether hosts can be made on this machine, and if not, what is missing. */
export function findRoom(): Means<true> {
  if (process.platform !== 'linux') return { why: 'network namespaces are Linux’s' }
  if (process.getuid?.() !== 0) return { why: 'only root may make network namespaces' }
  const absent = PROGRAMS.filter((name) => !isThere(name))
  if (absent.length > 0) return { why: `there is no ${absent.join(', ')}` }
  if (!existsSync(join(postgresPrograms(), 'pg_basebackup'))) return { why: 'there is no PostgreSQL' }
  const tried = spawnSync('unshare', [...APART, 'ip', 'link', 'add', 'one', 'type', 'veth', 'peer', 'name', 'other'])
  return tried.status === 0 ? { have: true } : { why: `namespaces may not be made: ${tried.stderr}`.trim() }
}

/** The folder with PostgreSQL's programs, as the set-up has found it. */
export const postgresPrograms = () => process.env.POSTGRES_BIN ?? ''

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
}

/**
 * Runs this very program once more in a room of its own, with a folder for its hosts, and waits for its end. It hears by its
 * input when it shall end before its time, or that we are gone. Resolves with its exit code.
 */
export async function runInRoom(args: string[]): Promise<number> {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`))
  chmodSync(folder, 0o755) // PostgreSQL's are of another user
  const self = [process.execPath, ...process.execArgv, process.argv[1] ?? '', ...args, '--room', folder]
  const room = spawn('unshare', [...APART, ...self], { stdio: ['pipe', 'inherit', 'inherit'], detached: true })
  room.stdin.on('error', () => {}) // it is gone
  const end = () => {
    room.stdin.end()
    setTimeout(() => room.kill('SIGKILL'), END_LIMIT_MS).unref()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(name, end)
  try {
    const [code] = await once(room, 'exit')
    return typeof code === 'number' ? code : 2
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Told to end, or whoever has started us is gone. */
export function whenToldToEnd(end: () => void): void {
  process.stdin.on('end', end).on('error', end).resume()
}

const NAME = 'orderline-hosts-'

/** Folders of earlier runs that were killed; nothing else can be left of them. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^orderline-hosts-(\d+)-/.exec(name)?.[1])
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}
