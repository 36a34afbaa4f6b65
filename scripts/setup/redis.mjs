import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { withLock } from './lock.mjs'
import { setupError } from './spawn.mjs'

const SERVERS = ['redis-server', 'valkey-server']
const LOCK = join(tmpdir(), 'orderline-setup-redis.lock') // of the whole machine: two clones, one apt

// Only what brings no service of its own: on Debian the package redis-server starts a daemon and enables it
// for every boot, while redis-tools holds the same program (see `linked`) and nothing that starts it.
const MANAGERS = [
  { program: 'apt-get', install: 'apt-get update -qq && apt-get install -y -qq redis-tools', asRoot: true },
  { program: 'apk', install: 'apk add redis || apk add valkey', asRoot: true },
  { program: 'dnf', install: 'dnf install -y redis || dnf install -y valkey', asRoot: true },
  { program: 'brew', install: 'brew install redis', asRoot: false },
]

/** The path of a Redis server on this machine, installed first where that is allowed. */
export async function ensureRedis() {
  return findServer() ?? (await withLock(LOCK, () => findServer() ?? install()))
}

function findServer() {
  return SERVERS.map(onPath).find(Boolean) ?? linked()
}

/** Debian's one binary is the server or the checker, whichever name it is called by. */
function linked() {
  const checker = onPath('redis-check-rdb')
  if (!checker) return undefined
  const link = resolve('node_modules', '.bin', 'redis-server')
  mkdirSync(dirname(link), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(checker, link)
  const { stdout } = spawnSync(link, ['--version'], { encoding: 'utf8' })
  if (!stdout?.startsWith('Redis server')) return undefined
  process.env.PATH = `${dirname(link)}${delimiter}${process.env.PATH}` // for whoever looks for it by name
  return link
}

function install() {
  const manager = MANAGERS.find(({ program }) => onPath(program))
  if (!manager) throw setupError(advice('install redis-server (or valkey-server) with your package manager'))
  const command = allowed(manager)
  if (!command) throw setupError(advice(`run this, then try again:\n  sudo sh -c '${manager.install}'`))
  console.error(`setup: no redis-server here, installing it: ${command.join(' ')}`)
  const [program, ...args] = command
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: quietApt() })
  const server = findServer()
  if (!server) throw setupError(advice(`this did not bring it: ${command.join(' ')}`))
  return server
}

/** The command as it may be run here and now, or nothing when it would need a password. */
function allowed({ install, asRoot }) {
  const shell = ['sh', '-c', install]
  if (!asRoot || process.getuid?.() === 0) return shell
  const passwordless = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  return passwordless ? ['sudo', '-n', ...shell] : undefined
}

function advice(what) {
  return `Orderline needs a Redis server. ${what[0].toUpperCase()}${what.slice(1)}\nFor npm start, a REDIS_URL of one that runs will do, too.`
}

function quietApt() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => resolve(folder, program)).find(existsSync)
}
