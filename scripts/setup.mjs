// The one door every npm script goes through: makes a clone ready (packages, Prisma clients, compiled code,
// a Redis), then hands over to what was asked for. Plain Node, because it runs before any package is there.
//   node scripts/setup.mjs [--for start|service|test] [--run <js file> args…]
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withLock } from './setup/lock.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { spawnAndWait } from './setup/spawn.mjs'
import { steps } from './setup/steps.mjs'

const LOCK = join('dist', '.setup.lock') // in a folder that git ignores anyway

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
try {
  const { purpose, file, args } = parseArguments(process.argv.slice(2))
  await setUp(purpose)
  if (file) await handOver(purpose, file, args)
} catch (error) {
  if (!error.isSetup) throw error
  console.error(`setup: ${error.message}`)
  process.exit(1)
}

async function setUp(purpose) {
  requireNode()
  if (purpose !== 'test' && existsSync('.env')) process.loadEnvFile('.env') // a test brings its own world
  if (!steps.every((step) => step.isDone())) await withLock(LOCK, runSteps)
  if (needsRedis(purpose)) process.env.REDIS_SERVER ||= await ensureRedis()
}

async function runSteps() {
  for (const step of steps) if (!step.isDone()) await step.run()
}

/** A single service and a given `REDIS_URL` bring their own Redis; the tests always start theirs. */
function needsRedis(purpose) {
  return purpose === 'test' || (purpose === 'start' && !process.env.REDIS_URL)
}

function requireNode() {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace('>=', '')
  if (wanted.localeCompare(process.versions.node, undefined, { numeric: true }) <= 0) return
  console.error(`setup: Orderline needs Node ${wanted} or newer, this is ${process.versions.node}`)
  process.exit(1)
}

/** What runs in this very process gets the signals of the terminal and of npm without a middleman. */
async function handOver(purpose, file, args) {
  if (purpose === 'test') return runJest(file, args)
  process.argv = [process.argv[0], resolve(file), ...args]
  await import(pathToFileURL(resolve(file)).href)
}

/** Jest loads ES modules only under a flag of Node's, which has to be there before the process starts. */
async function runJest(file, args) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  process.exitCode = await spawnAndWait(process.execPath, [...flags, file, ...args])
}

function parseArguments(given) {
  const at = given.indexOf('--run')
  const own = at < 0 ? given : given.slice(0, at)
  const [file, ...args] = at < 0 ? [] : given.slice(at + 1)
  return { purpose: own[0] === '--for' ? own[1] : 'start', file, args }
}
