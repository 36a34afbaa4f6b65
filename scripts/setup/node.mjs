// Which Node runs the project. Like all that comes before this is known, it must run on an old one.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { withLock } from './lock.mjs'
import { npm } from './npm.mjs'
import { capture, setupError } from './spawn.mjs'

const LTS = '24.21.0'
const FOLDER = '.node' // not under node_modules, which each `npm ci` deletes; may itself be deleted at any time
const here = process.versions.node

/** The path of a Node of the version asked for, or of one that is new enough: this one or, once fetched, another. */
export async function ensureNode(asked) {
  const isGood = asked ? `${here}.`.startsWith(`${asked}.`) : isAtLeast(needed())
  return isGood ? process.execPath : fetchOnce(asked ?? LTS, asked ?? `${needed()} or newer`)
}

function needed() {
  return JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace('>=', '')
}

function isAtLeast(version) {
  return version.localeCompare(here, undefined, { numeric: true }) <= 0
}

async function fetchOnce(version, wanted) {
  const node = resolve(FOLDER, version, 'node')
  const fetchUnlessThere = () => existsSync(node) || fetchNode(version, wanted, node)
  if (!existsSync(node)) await withLock(join(FOLDER, `${version}.lock`), fetchUnlessThere)
  return node
}

/** Put in its place when it is whole and has run: others look for it there without the lock. */
async function fetchNode(version, wanted, node) {
  console.error(`setup: this is Node ${here}, not ${wanted}: fetching ${version} for this project alone …`)
  const folder = join(FOLDER, `${version}.part`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const fetched = await download(version, folder).catch((cause) => {
    const reason = /^npm (?:error|ERR!) code (\S+)/m.exec(cause.message)?.[1] ?? cause.message
    throw setupError(`npm cannot fetch Node ${version} (${reason}): install Node ${wanted}, then try again`)
  })
  mkdirSync(dirname(node), { recursive: true })
  renameSync(fetched, node)
  rmSync(folder, { recursive: true })
}

/** By the package that the package `node` would install by a script, which npm may not be allowed to run. */
async function download(version, folder) {
  const { platform, arch } = process
  const name = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`
  const how = ['--prefix', folder, '--no-save', '--ignore-scripts', '--fetch-retries=1']
  await npm('install', `${name}@${version}`, ...how)
  const node = join(folder, 'node_modules', name, 'bin', 'node')
  await capture(node, ['--version'])
  return node
}
