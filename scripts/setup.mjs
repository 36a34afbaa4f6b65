// The one door every npm script goes through: makes a clone ready (a Node, packages, Prisma clients, compiled
// code, a Redis), then hands over to what was asked for. Plain Node, because it runs before any package is there.
//   node scripts/setup.mjs [--for start|service|test] [--node <version>] [--run <js file> args…]
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withLock } from './setup/lock.mjs'
import { ensureNode } from './setup/node.mjs'
import { ensurePostgres, findPostgres } from './setup/postgres.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { isRelayed, relayTo } from './setup/relay.mjs'
import { spawnAndWait } from './setup/spawn.mjs'
import { steps } from './setup/steps.mjs'

const LOCK = join('dist', '.setup.lock') // in a folder that git ignores anyway

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
try {
  const { purpose, version, file, args } = parseArguments(process.argv.slice(2))
  const node = isRelayed() ? process.execPath : await ensureNode(version)
  if (node === process.execPath) await run(purpose, file, args)
  else process.exitCode = await relayTo(node)
} catch (error) {
  if (!error.isSetup) throw error
  console.error(`setup: ${error.message}`)
  process.exit(1)
}

async function run(purpose, file, args) {
  await setUp(purpose)
  if (file) await handOver(purpose, file, args)
}

async function setUp(purpose) {
  if (purpose !== 'test' && existsSync('.env')) process.loadEnvFile('.env') // a test brings its own world
  if (!steps.every((step) => step.isDone())) await withLock(LOCK, runSteps)
  if (needsRedis(purpose)) process.env.REDIS_SERVER ||= await ensureRedis()
  process.env.POSTGRES_BIN ||= (purpose === 'test' ? await ensurePostgres() : findPostgres()) ?? ''
}

async function runSteps() {
  for (const step of steps) if (!step.isDone()) await step.run()
}

/** A single service and a given `REDIS_URL` bring their own Redis; the tests always start theirs. */
function needsRedis(purpose) {
  return purpose === 'test' || (purpose === 'start' && !process.env.REDIS_URL)
}

/** What runs in this very process gets the signals of the terminal and of npm without a middleman. */
async function handOver(purpose, file, args) {
  process.env.NODE_COMPILE_CACHE ||= resolve('.node/compiled') // the next start reads what this one compiled
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
  return { purpose: optionOf('--for', own) ?? 'start', version: optionOf('--node', own), file, args }
}

function optionOf(name, given) {
  const at = given.indexOf(name)
  return at < 0 ? undefined : given[at + 1]
}
