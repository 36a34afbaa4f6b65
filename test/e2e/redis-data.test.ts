import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { isRunning, NOBODY, Tree } from '../launcher-rig.ts'
import { until } from '../until.ts'

const MANIFEST = 'appendonly.aof.manifest'
const PART = 'appendonly.aof.1.incr.aof'
const garbage = Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 151 + 7) % 251))

const damages: [string, (data: string) => void][] = [
  ['zeros at their end', (data) => appendFileSync(join(data, PART), Buffer.alloc(4_096))],
  ['garbage at their end', (data) => appendFileSync(join(data, PART), garbage)],
  ['a manifest of garbage', (data) => writeFileSync(join(data, MANIFEST), garbage)],
  ['an empty manifest', (data) => writeFileSync(join(data, MANIFEST), '')],
  ['a part missing', (data) => rmSync(join(data, PART))],
  ['the format of a later version', (data) => writeFileSync(join(data, PART), 'REDIS0099later')],
  [
    'a file in place of their folder',
    (data) => {
      rmSync(data, { recursive: true })
      writeFileSync(data, '')
    },
  ],
]

const isRoot = process.getuid?.() === 0
const looks = `require('fs').readdirSync('node_modules')`
const canBeNobody = isRoot && spawnSync(process.execPath, ['-e', looks], NOBODY).status === 0

describe('data of Redis with', () => {
  let tree: Tree
  const data = () => join(tree.dataDir, 'redis', 'appendonlydir')
  const setAside = () => readdirSync(join(tree.dataDir, 'redis')).filter((name) => name.startsWith('set-aside-'))

  beforeEach(() => {
    tree = new Tree()
    mkdirSync(data(), { recursive: true })
    writeFileSync(join(data(), MANIFEST), `file ${PART} seq 1 type i\n`)
    writeFileSync(join(data(), PART), '*3\r\n$3\r\nSET\r\n$4\r\nkept\r\n$3\r\nyes\r\n')
  })

  afterEach(() => tree.close())

  it('nothing wrong are loaded', async () => {
    await tree.launch().ready()

    expect(await tree.inRedis((redis) => redis.get('kept'))).toBe('yes')
  })

  it.each(damages)('%s are set aside, which is told once, and the shop opens', async (_what, damage) => {
    damage(data())

    const run = tree.launch()
    await run.ready()

    const [told, ...more] = run.facts('launcher', 'redis.data.set_aside')
    expect(more).toEqual([])
    expect(String(told?.reason)).not.toBe('')
    expect(existsSync(join(String(told?.to), 'appendonlydir'))).toBe(true)
    expect(await tree.inRedis((redis) => redis.get('kept'))).toBeNull()
  })

  const barred: [string, boolean, (data: string) => void][] = [
    ['no rights to them', isRoot && !canBeNobody, (data) => chmodSync(data, 0)],
    ['no rights to a part of them', isRoot && !canBeNobody, (data) => chmodSync(join(data, PART), 0)],
    ['somebody else for an owner', !canBeNobody, (data) => chownSync(data, 0, 0)],
  ]
  for (const [what, isOfNoUse, bar] of barred)
    (isOfNoUse ? it.skip : it)(`${what} are set aside, which is told once, and the shop opens`, async () => {
      const who = isRoot ? NOBODY : undefined
      if (who) execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, tree.folder])
      chmodSync(data(), 0o700)
      bar(data())

      const run = tree.launch({}, who)
      await run.ready()

      expect(run.facts('launcher', 'redis.data.set_aside')).toHaveLength(1)
      expect(run.facts('launcher', 'redis.data.in_the_way')).toEqual([])
      expect(await tree.inRedis((redis) => redis.get('kept'))).toBeNull()
      await run.stop()
      await tree.launch({}, who).ready() // with what was set aside, which nobody can read, in the folder
      execFileSync('chmod', ['-R', 'u+rwX', tree.folder])
    })

  it('zeros at their end are set aside while the shop is up, too', async () => {
    const run = tree.launch()
    await run.ready()
    run.process.kill('SIGSTOP') // or it would start Redis before the zeros are there
    const pid = tree.redisPid()
    process.kill(pid, 'SIGKILL')
    await until(() => !isRunning(pid))
    appendFileSync(join(data(), PART), Buffer.alloc(4_096))
    run.process.kill('SIGCONT')

    await until(() => run.facts('launcher', 'process.back')[0])

    expect(run.facts('launcher', 'redis.data.set_aside')).toHaveLength(1)
    expect(await tree.inRedis((redis) => redis.ping())).toBe('PONG')
  })

  it('zeros at their end, again and again, fill the disk with three copies at most', async () => {
    const old = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => `set-aside-${day}`)
    for (const name of old) mkdirSync(join(tree.dataDir, 'redis', name))
    appendFileSync(join(data(), PART), Buffer.alloc(4_096))

    await tree.launch().ready()

    expect(setAside().slice(0, 2)).toEqual(old.slice(1))
    expect(setAside()).toHaveLength(3)
  })

  it('nothing wrong stay where they are when Redis dies of something else', async () => {
    const run = tree.launch({ REDIS_SERVER: process.execPath }) // which knows no --port

    expect(await run.exit).toBe(1)
    expect(run.output).toContain('redis does not start')
    expect(run.facts('launcher', 'redis.data.set_aside')).toEqual([])
    expect(readFileSync(join(data(), MANIFEST), 'utf8')).toContain('incr')
  })
})
