import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openInventory } from '../../services/inventory/db.ts'
import { NOBODY, Tree, type User } from '../launcher-rig.ts'
import { until } from '../until.ts'

const PROGRAMS = ['launcher', 'services/inventory', 'simulators/mailbox']
const LIMIT_MS = 20_000

type Run = { env: Record<string, string>; shell?: string; who?: User }

/** Runs a program that is not to start. `shell` comes before it, in a mount namespace of its own. */
function run(program: string, { env, shell, who }: Run) {
  const command = [process.execPath, `dist/${program}/main.js`]
  const args = shell === undefined ? command : ['unshare', '-m', 'sh', '-c', `${shell} && exec "$@"`, 'sh', ...command]
  const all = { ...process.env, PORT: '0', REDIS_URL: 'redis://127.0.0.1:1', ...env }
  const [first = '', ...rest] = args
  const limits = { timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const
  const { status, stdout, stderr } = spawnSync(first, rest, { env: all, encoding: 'utf8', ...limits, ...who })
  return { status, said: stdout + stderr }
}

/** Why a program has not started, by its log. */
const reasonIn = (said: string) => {
  const line = said.split('\n').find((line) => line.includes('"not.started"'))
  return String(Object(JSON.parse(line ?? '{}')).reason)
}

const isRoot = process.getuid?.() === 0
const canMount = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0
const looks = `require('fs').readdirSync('dist/launcher')`
const canBeNobody = isRoot && spawnSync(process.execPath, ['-e', looks], NOBODY).status === 0

describe.each(PROGRAMS)('%s', (program) => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-data-'))
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'file'), '')
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** In one line, without a stack, with the folder and what to do. */
  const expectSentence = (said: string, dataDir: string, words: RegExp) => {
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(said).toContain(`DATA_DIR: ${dataDir} `)
    expect(said).toMatch(words)
    expect(said).not.toMatch(/\bat \S+:\d+/)
  }

  it.each(['file', 'file/below', 'file/far/below'])('says so when DATA_DIR is %s', (place) => {
    const { status, said } = run(program, { env: { DATA_DIR: join(folder, place) } })

    expect(status).toBe(1)
    expectSentence(said, join(folder, place), /is a file or lies below one: choose a folder/)
  })

  it('says so when DATA_DIR cannot be made, as in /proc', () => {
    const { status, said } = run(program, { env: { DATA_DIR: '/proc/orderline' } })

    expect(status).toBe(1)
    expectSentence(said, '/proc/orderline', /cannot be used \(ENOENT\)|may not be written|read-only/)
  })

  const itAsNobody = canBeNobody ? it : it.skip
  itAsNobody('says so when DATA_DIR may not be written', () => {
    const { status, said } = run(program, { env: { DATA_DIR: folder }, who: NOBODY })

    expect(status).toBe(1)
    expectSentence(said, folder, /may not be written by this user: give it to that user/)
  })

  const itMounting = canMount ? it : it.skip
  itMounting('says so when the file system is read-only', () => {
    const shell = `mount -t tmpfs -o ro tmpfs ${folder}`

    const { status, said } = run(program, { env: { DATA_DIR: folder }, shell })

    expect(status).toBe(1)
    expectSentence(said, folder, /is on a read-only file system: mount it for writing/)
  })

  itMounting('says so when the disk is full', () => {
    const shell = `mount -t tmpfs -o size=1m tmpfs ${folder}`

    const { status, said } = run(program, { env: { DATA_DIR: folder }, shell })

    expect(status).toBe(1)
    expectSentence(said, folder, /is on a disk that is full: make room/)
  })
})

describe('a service alone', () => {
  let folder: string
  const inventory = (env: Record<string, string> = {}, who?: typeof NOBODY) =>
    run('services/inventory', { env: { DATA_DIR: folder, ...env }, ...(who && { who }) })
  const file = () => join(folder, 'inventory.db')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-data-'))
    chmodSync(folder, 0o777)
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('says that its file is damaged', () => {
    writeFileSync(file(), 'garbage'.repeat(10_000))

    const { status, said } = inventory()

    expect(status).toBe(1)
    expect(reasonIn(said)).toBe(
      `${file()} is damaged (SQLITE_NOTADB): put a backup in its place, or begin anew with npm run reset`,
    )
  })

  it('says that a folder is where its file should be', () => {
    mkdirSync(file())

    expect(reasonIn(inventory().said)).toContain(`${file()} cannot be opened for writing`)
  })

  const itAsNobody = canBeNobody ? it : it.skip
  itAsNobody('says that it may only read its file', async () => {
    await (await openInventory(folder)).close()
    chmodSync(file(), 0o444)

    const { status, said } = inventory({}, NOBODY)

    expect(status).toBe(1)
    expect(reasonIn(said)).toContain(`${file()} may not be written by this user`)
  })

  it('ends when its port is taken, and does not go on as half a worker', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await until(() => other.listening)
    const port = String(Object(other.address()).port)

    const { status, said } = inventory({ OPS_PORT: port })
    other.close()

    expect(status).toBe(1)
    expect(reasonIn(said)).toContain(`Port ${port} (PORT, CONTROL_PORT or OPS_PORT) is already in use`)
  })

  itAsNobody('says that a port is for root alone', () => {
    chownSync(folder, NOBODY.uid, NOBODY.gid)

    expect(inventory({ OPS_PORT: '81' }, NOBODY).said).toContain(
      'Port 81 (PORT, CONTROL_PORT or OPS_PORT) is for root alone',
    )
  })
})

describe('the launcher', () => {
  const tree = new Tree()
  afterEach(() => tree.close())

  it('passes on at once why a process does not start', async () => {
    tree.replace('services/payment', `process.send({ type: 'not.started', reason: 'payment.db is damaged' })`)

    const run = tree.launch()

    expect(await run.exit).toBe(1)
    expect(run.output).toContain('\npayment cannot start: payment.db is damaged\n')
    expect(run.output).not.toContain('Its last lines')
  })
})
