import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { withLock } from './lock.mjs'

const PACKAGED = '/usr/lib/postgresql' // Debian's own folder of versions, which it does not put on the PATH
const LOCK = join(tmpdir(), 'orderline-setup-postgres.lock') // of the whole machine: two clones, one apt
const INSTALL = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql'

/**
 * The folder with PostgreSQL's programs on this machine, installed first where that needs no password; undefined where
 * there is none. Only tests, benchmarks and chaos start a server of their own: a shop is told where its server is.
 */
export async function ensurePostgres() {
  return findPostgres() ?? (await withLock(LOCK, () => findPostgres() ?? install()))
}

/** The same, as far as it is there. */
export function findPostgres() {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort((a, b) => Number(b) - Number(a)) : []
  const packaged = versions.map((version) => join(PACKAGED, version, 'bin'))
  const folders = [...packaged, ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function install() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return undefined
  console.error(`setup: no PostgreSQL here, installing it for the tests: ${INSTALL}`)
  beWithoutCluster()
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('sh', ['-c', INSTALL], { stdio: ['ignore', 'ignore', 'inherit'], env })
  return findPostgres()
}

/** Or Debian would make and start a server of its own, for every boot. */
function beWithoutCluster() {
  mkdirSync('/etc/postgresql-common', { recursive: true })
  const settings = '/etc/postgresql-common/createcluster.conf'
  if (!existsSync(settings)) writeFileSync(settings, 'create_main_cluster = false\n')
}
