// The steps of a set-up. Each knows whether it is done by a stamp that lies inside what it made, so that
// deleting the result (node_modules, a client, dist) is enough to have it made again.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { npm } from './npm.mjs'
import { capture } from './spawn.mjs'

const PACKAGES_STAMP = join('node_modules', '.orderline-setup')
const GUESTS = join('examples', 'loyalty', 'prisma') // of the service that the tour adds while the shop runs
const COMPILE_STAMP = join('dist', '.setup-stamp')

/** In the order they build on each other. */
export const steps = [
  { isDone: packagesInstalled, run: installPackages },
  { isDone: () => staleSchemas().length === 0, run: generateClients },
  { isDone: () => stampOf(COMPILE_STAMP) === sourcesPrint(), run: compile },
]

function packagesInstalled() {
  return stampOf(PACKAGES_STAMP) === packagesPrint()
}

async function installPackages() {
  if (!npmDidInstall()) {
    tell('installing packages, which takes about a minute the first time')
    await npm('ci', '--include=dev')
  }
  writeStamp(PACKAGES_STAMP, packagesPrint())
}

/** True when what npm says it installed is what package-lock.json asks for: no need to do it again. */
function npmDidInstall() {
  const ledger = join('node_modules', '.package-lock.json')
  if (!existsSync(ledger)) return false
  const installed = JSON.parse(readFileSync(ledger, 'utf8')).packages
  const { '': _root, ...wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => installed[path]?.version === version || (optional && !(path in installed)),
  )
}

function packagesPrint() {
  return digest([readFileSync('package-lock.json', 'utf8')])
}

async function generateClients() {
  const schemas = staleSchemas()
  tell(`generating ${schemas.length} Prisma client${schemas.length === 1 ? '' : 's'}`)
  await Promise.all(schemas.map(generateClient))
}

async function generateClient(schema) {
  const prisma = join('node_modules', 'prisma', 'build', 'index.js')
  await capture(process.execPath, [prisma, 'generate', '--no-hints', '--schema', schema], {
    // Prisma would download its schema engine, which `generate` does not use: any existing file will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  })
  writeStamp(clientStamp(schema), schemaPrint(schema))
}

function staleSchemas() {
  const services = ['prisma', GUESTS]
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((service) => join(folder, service)))
  const engines = services.flatMap((service) => [service, join(service, 'postgresql')])
  const schemas = engines.map((engine) => join(engine, 'schema.prisma'))
  return schemas.filter((schema) => existsSync(schema) && stampOf(clientStamp(schema)) !== schemaPrint(schema))
}

function clientStamp(schema) {
  return join(dirname(schema), 'client', '.setup-stamp')
}

/** A newer Prisma generates other code for the same schema. */
function schemaPrint(schema) {
  return digest([readFileSync(schema, 'utf8'), stampOf(PACKAGES_STAMP)])
}

async function compile() {
  tell('compiling')
  const print = sourcesPrint() // before, so that what changes meanwhile is compiled next time
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
  await capture(process.execPath, [tsc, '--noEmitOnError', '--pretty', String(process.stderr.isTTY === true)])
  removeOrphans()
  writeStamp(COMPILE_STAMP, print)
}

/** What a renamed or deleted source left in dist must not go on running. */
function removeOrphans() {
  for (const source of sourceFolders())
    for (const file of filesIn(join('dist', source), /\.js(\.map)?$/))
      if (!existsSync(file.slice('dist/'.length).replace(/\.js(\.map)?$/, '.ts'))) rmSync(file)
}

function sourcesPrint() {
  const files = sourceFolders().flatMap((folder) => filesIn(folder, /\.ts$/))
  const facts = ['tsconfig.json', ...files].map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return digest([stampOf(PACKAGES_STAMP), ...facts])
}

function sourceFolders() {
  return JSON.parse(readFileSync('tsconfig.json', 'utf8')).include
}

function filesIn(folder, pattern) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true })
  return entries.filter((entry) => pattern.test(entry)).map((entry) => join(folder, entry))
}

function stampOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function digest(parts) {
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}

function tell(what) {
  console.error(`setup: ${what} …`)
}
