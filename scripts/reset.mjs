// `npm run reset`: empties DATA_DIR, so that the next start begins with a new shop. Plain Node, because it
// must work when nothing is installed or compiled.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (existsSync('.env')) process.loadEnvFile('.env')
const folder = resolve(process.env.DATA_DIR || 'data')

const OURS = new Set(readdirSync('prisma').map((service) => `${service}.db`))

const refusal = whyNot()
if (refusal) {
  console.error(`reset: ${refusal}`)
  process.exit(1)
}
empty()

function whyNot() {
  if ([process.cwd(), homedir()].some((place) => holds(folder, place)))
    return `DATA_DIR is ${folder}, which holds more than Orderline's data`
  if (existsSync(folder) && readdirSync(folder).length > 0 && !isOurs(folder))
    return `${folder} does not look like Orderline's data: nothing was deleted`
  const launcher = runningIn('orderline.pid')
  if (launcher) return `Orderline is running on ${folder} (pid ${launcher}): stop it first`
  const redis = runningIn(join('redis', 'redis.pid'))
  if (redis) return `a Redis left behind by a killed launcher still uses ${folder}: kill ${redis}`
  return undefined
}

function empty() {
  const entries = existsSync(folder) ? readdirSync(folder) : []
  for (const entry of entries) rmSync(join(folder, entry), { recursive: true })
  console.log(`reset: ${entries.length === 0 ? `nothing to do in ${folder}` : `${folder} is empty`}`)
}

function holds(outer, inner) {
  const path = relative(outer, inner)
  return !path.startsWith('..')
}

function isOurs(place) {
  return existsSync(join(place, 'logs', 'orderline.log')) || readdirSync(place).some((name) => OURS.has(name))
}

function runningIn(pidFile) {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, pidFile), 'utf8'), 10)
    return process.kill(pid, 0) && pid
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : undefined // ENOENT, ESRCH: nobody there
  }
}
