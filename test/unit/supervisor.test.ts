import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ChildSpec } from '../../launcher/child-spec.ts'
import { restartDelayMs } from '../../launcher/restart-delay.ts'
import { Supervisor } from '../../launcher/supervisor.ts'
import { isRunning } from '../launcher-rig.ts'
import { until } from '../until.ts'

describe('the supervisor', () => {
  const READY = `process.send({ type: 'ready' }); process.on('disconnect', () => process.exit(0));`
  let facts: { msg: string; name?: string; restartInMs?: number }[]
  let supervisor: Supervisor
  let folder: string

  const child = (name: string, code: string): ChildSpec => {
    const path = join(folder, `${name}.cjs`)
    writeFileSync(path, code)
    return { name, command: process.execPath, args: [path], env: process.env }
  }
  const supervise = (stages: ChildSpec[][], readyLimitMs = 10_000) => {
    supervisor = new Supervisor(stages, {
      say: (_level, msg, fields) => facts.push({ msg, ...fields }),
      output: () => {},
      readyLimitMs,
      stopLimitMs: 300,
    })
    return supervisor
  }
  const pidOf = (name: string) => supervisor.list().find((child) => child.name === name)?.pid
  const stateOf = (name: string) => supervisor.list().find((child) => child.name === name)?.state

  beforeEach(() => {
    facts = []
    folder = mkdtempSync(join(tmpdir(), 'orderline-unit-'))
  })

  afterEach(async () => {
    await supervisor.stopAll()
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts a dead process at once, and one that dies again and again less and less often', async () => {
    const once = `const { existsSync, writeFileSync } = require('node:fs'); const up = ${JSON.stringify(folder)} + '/up';
      if (existsSync(up)) process.exit(3); writeFileSync(up, ''); ${READY}`
    await supervise([[child('shaky', once)]]).startAll()

    supervisor.kill('shaky')

    await until(() => facts.length >= 4)
    expect(facts.slice(0, 4).map(({ restartInMs }) => restartInMs)).toEqual([0, 100, 200, 400])
  })

  it('names the process that is not ready in time, with its last lines', async () => {
    const slow = child('slow', `console.log('waiting for the moon'); setInterval(() => {}, 1_000)`)

    const start = supervise([[slow], [child('fine', READY)]], 1_000).startAll()

    await expect(start).rejects.toThrow(/^slow is not ready after 1 s. Its last lines:\n {2}waiting for the moon$/)
  })

  it('says why when the program of a process is not there', async () => {
    const missing = { name: 'redis', command: join(folder, 'no-such-program'), args: [], env: {} }

    await expect(supervise([[missing]]).startAll()).rejects.toThrow(/redis does not start[\s\S]*ENOENT/)
  })

  it('kills a process that does not stop in time', async () => {
    await supervise([[child('deaf', `process.on('SIGTERM', () => {}); ${READY}`)]]).startAll()
    const pid = pidOf('deaf') ?? 0

    await supervisor.stopAll()

    expect(isRunning(pid)).toBe(false)
    expect(facts).toEqual([{ msg: 'process.forced', name: 'deaf', limitMs: 300 }])
  })

  it('goes on without the note of who a process is when the disk is full', async () => {
    const pidFile = join(folder, 'pid')
    symlinkSync('/dev/full', pidFile)

    await supervise([[{ ...child('noted', READY), pidFile }]]).startAll()

    expect(stateOf('noted')).toBe('up')
    expect(facts).toContainEqual({ msg: 'process.unnoted', name: 'noted', reason: expect.stringContaining('ENOSPC') })
  })

  it('starts what is on demand when it is asked for, and not again after a death', async () => {
    const spare = { ...child('spare', READY), isOnDemand: true }
    await supervise([[child('one', READY), spare]]).startAll()
    expect(stateOf('spare')).toBe('stopped')

    supervisor.start('spare')
    await until(() => stateOf('spare') === 'up')
    supervisor.kill('spare')

    await until(() => stateOf('spare') === 'stopped')
    expect(facts).toEqual([{ msg: 'process.died', name: 'spare', signal: 'SIGKILL' }])
  })

  it('stops, starts and restarts one process by name', async () => {
    await supervise([[child('one', READY), child('other', READY)]]).startAll()
    const [pid, other] = [pidOf('one'), pidOf('other')]

    await supervisor.stop('one')
    expect(stateOf('one')).toBe('stopped')
    supervisor.start('one')
    await until(() => stateOf('one') === 'up')
    const second = pidOf('one')
    await supervisor.restart('one')
    await until(() => stateOf('one') === 'up')

    expect(new Set([pid, second, pidOf('one')]).size).toBe(3)
    expect(pidOf('other')).toBe(other)
    expect(() => supervisor.kill('nobody')).toThrow('no process is called nobody')
  })
})

describe('a restart', () => {
  it('waits 100 ms doubling up to 5 s, and not at all the first time', () => {
    expect([1, 2, 3, 4, 7, 8, 50].map(restartDelayMs)).toEqual([0, 100, 200, 400, 3200, 5000, 5000])
  })
})
