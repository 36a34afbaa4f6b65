import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

// Stand-ins for the two tools a set-up calls: quick, and they leave a line about what they did.
const PRISMA = `
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs')
const schema = process.argv.at(-1)
if (!existsSync(process.env.PRISMA_SCHEMA_ENGINE_BINARY)) throw new Error('would download an engine')
mkdirSync(schema.replace('schema.prisma', 'client'), { recursive: true })
writeFileSync(schema.replace('schema.prisma', 'client/client.ts'), 'generated')
appendFileSync('calls', 'generate ' + schema + '\\n')
`
const TSC = `
const { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs')
appendFileSync('calls', 'compile\\n')
mkdirSync('dist/shared', { recursive: true })
for (const file of readdirSync('shared')) {
  const code = readFileSync('shared/' + file, 'utf8')
  if (code.includes('TYPE ERROR')) {
    console.log('shared/' + file + '(1,1): error TS2322: no')
    process.exit(2)
  }
  writeFileSync('dist/shared/' + file.replace('.ts', '.js'), code)
}
`
// Another one for npm, which makes a Node of the one that is here, and leaves all else to the real npm.
const NPM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
const [command, what, , folder] = process.argv.slice(2)
if (command === 'install') {
  const [name, version] = what.split('@')
  const bin = folder + '/node_modules/' + name + '/bin'
  mkdirSync(bin, { recursive: true })
  writeFileSync(bin + '/node', '#!/bin/sh\\nFETCHED=' + version + ' exec ' + process.execPath + ' "$@"', { mode: 0o755 })
  appendFileSync('fetched', version + '\\n')
} else require(process.env.REAL_NPM)
`
const FILES = {
  'package.json': JSON.stringify({
    name: 'clone',
    type: 'module',
    engines: { node: '>=22.15' },
    dependencies: { prisma: 'file:fake/prisma', typescript: 'file:fake/typescript' },
  }),
  'package-lock.json': JSON.stringify({
    name: 'clone',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'clone', dependencies: { prisma: 'file:fake/prisma', typescript: 'file:fake/typescript' } },
      'fake/prisma': { version: '1.0.0' },
      'fake/typescript': { version: '1.0.0' },
      'node_modules/prisma': { resolved: 'fake/prisma', link: true },
      'node_modules/typescript': { resolved: 'fake/typescript', link: true },
    },
  }),
  'fake/prisma/package.json': JSON.stringify({ name: 'prisma', version: '1.0.0' }),
  'fake/prisma/build/index.js': PRISMA,
  'fake/typescript/package.json': JSON.stringify({ name: 'typescript', version: '1.0.0' }),
  'fake/typescript/bin/tsc': TSC,
  'fake/npm.cjs': NPM,
  'tsconfig.json': JSON.stringify({ include: ['prisma', 'services', 'shared'] }),
  'prisma/order/schema.prisma': 'model Order {}',
  'prisma/payment/schema.prisma': 'model Payment {}',
  'shared/hello.ts': `console.log('hello', ...process.argv.slice(2))`,
}

type Ended = { code: number | null; output: string }

/** A clone with next to nothing in it, and a machine (a PATH) with nothing but what the test puts there. */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'orderline-setup-'))
  readonly #bin = join(this.folder, '..bin')
  #npm = process.env.npm_execpath

  constructor() {
    for (const [path, text] of Object.entries(FILES)) this.write(path, text)
    cpSync('scripts/setup.mjs', join(this.folder, 'scripts/setup.mjs'))
    cpSync('scripts/setup', join(this.folder, 'scripts/setup'), { recursive: true })
    mkdirSync(this.#bin)
    symlinkSync(process.execPath, join(this.#bin, 'node'))
    symlinkSync('/bin/sh', join(this.#bin, 'sh'))
    symlinkSync(npmOnPath(), join(this.#bin, 'npm'))
    this.putProgram('redis-server', 'exit 0')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  putProgram(name: string, script: string): void {
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(this.#bin, name), 0o755)
  }

  removeProgram(name: string): void {
    rmSync(join(this.#bin, name))
  }

  get bin(): string {
    return this.#bin
  }

  /** What Prisma and the compiler were called for since the last look. */
  calls(): string[] {
    const path = join(this.folder, 'calls')
    const lines = readFileSync(path, { encoding: 'utf8', flag: 'a+' }).trim().split('\n').filter(Boolean)
    rmSync(path, { force: true })
    return lines.sort()
  }

  /** Makes the Node that is here too old. */
  demandNode(engines: string): void {
    this.write('package.json', FILES['package.json'].replace('>=22.15', engines))
  }

  /** A script of the clone's to run as npm. */
  useNpm(script: string): void {
    this.#npm = script
  }

  setup(...args: string[]): Promise<Ended> {
    return this.start(...args).ended
  }

  start(...args: string[]): { process: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, ['scripts/setup.mjs', ...args], {
      cwd: this.folder,
      env: { PATH: this.#bin, HOME: this.folder, npm_execpath: this.#npm, REAL_NPM: realpathSync(npmOnPath()) },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })))
    return { process: child, ended }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function npmOnPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const npm = folders.map((folder) => join(folder, 'npm')).find((path) => existsSync(path))
  if (npm === undefined) throw new Error('no npm on PATH')
  return npm
}
