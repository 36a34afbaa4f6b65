import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pickPorts } from '../../launcher/ports.ts'
import { findPostgres, postgresIsMissing } from './find-postgres.ts'
import { withPostgres } from './with-postgres.ts'

/** A PostgreSQL of one round's own. */
export type BenchPostgres = { url: string; pid: number; stop(): Promise<void> }

/** All that is set; the rest is as PostgreSQL comes. Every commit of everybody waits for the disk. */
export const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '2GB', // so that no round has a checkpoint which another has not
  max_connections: '300',
}

const READY_LIMIT_MS = 30_000
const LOOK_EVERY_MS = 50
const USER = 'orderline'

/** Starts an empty PostgreSQL, its data under `folder`. It ends with this process at the latest. */
export async function startBenchPostgres(folder: string): Promise<BenchPostgres> {
  const programs = findPostgres()
  if (programs === undefined) throw new Error(postgresIsMissing())
  const who = somebodyElse()
  const data = ownFolder(folder, who)
  const init = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  execFileSync(join(programs, 'initdb'), init, { ...who, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] })
  const [port = 0] = await pickPorts(1)
  const child = spawn(join(programs, 'postgres'), serverArguments(data, port), { ...who, cwd: data, stdio: 'ignore' })
  const url = `postgresql://${USER}@127.0.0.1:${port}/postgres`
  const stop = stopper(child)
  await answering(child, url).catch(async (cause) => {
    await stop()
    throw new Error('PostgreSQL does not start', { cause })
  })
  return { url, pid: child.pid ?? 0, stop }
}

/** PostgreSQL refuses to be run by root: there it is run by the user that has nothing. */
function somebodyElse(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A folder that belongs to whoever runs the server, who may walk through those above it up to where they end. */
function ownFolder(folder: string, { uid, gid }: { uid?: number; gid?: number }): string {
  const data = join(folder, 'postgres')
  mkdirSync(data, { mode: 0o700 })
  if (uid === undefined || gid === undefined) return data
  chownSync(data, uid, gid)
  for (
    let above = folder;
    !relative(process.cwd(), above).startsWith('..') && above !== process.cwd();
    above = dirname(above)
  )
    chmodSync(above, 0o711)
  return data
}

function serverArguments(data: string, port: number): string[] {
  const settings = { ...SETTINGS, listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', data, '-p', String(port), ...set]
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  for (const untilMs = performance.now() + READY_LIMIT_MS; ; await delay(LOOK_EVERY_MS)) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    try {
      return await withPostgres(url, async () => {})
    } catch (error) {
      if (performance.now() > untilMs) throw error
    }
  }
}

/** SIGINT ends it at once and in order, whoever is still connected. */
function stopper(child: ChildProcess): () => Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = () => void child.kill('SIGQUIT')
  process.prependOnceListener('exit', kill) // before the folder it works in is removed
  return async () => {
    child.kill('SIGINT')
    await gone
    process.off('exit', kill)
  }
}
