import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readArguments } from '../../chaos/arguments.ts'
import { AWAY, postgresKinds } from '../../chaos/database-deed.ts'
import { type Kind, nameOf } from '../../chaos/fault.ts'
import { BadCommandLine, commandLine } from '../../terminal/command-line.ts'

const usage = 'Usage: try [options]'
const { read, count, positive } = commandLine(usage)
const options = { times: { type: 'string', default: '1' }, quick: { type: 'boolean', default: false } } as const

describe('a command line', () => {
  it('is read with its defaults', () => {
    expect(read({ args: ['--quick'], options }).values).toEqual({ times: '1', quick: true })
    expect([count('times', '0'), count('times', '12', 12), positive('seconds', '0.5')]).toEqual([0, 12, 0.5])
  })

  it.each([
    ["Unknown option '--fast'", () => read({ args: ['--fast'], options })],
    ['does not take an argument', () => read({ args: ['--quick=7'], options })],
    ['--times many is not a whole number', () => count('times', 'many')],
    ['--times 1.5 is not a whole number', () => count('times', '1.5')],
    ['--times 1e3 is not a whole number', () => count('times', '1e3')],
    ['--times 0 is not a whole number above 0', () => count('times', '0', 1)],
    ['--seconds 0 is not a number above 0', () => positive('seconds', '0')],
    ['--seconds NaN is not a number above 0', () => positive('seconds', 'NaN')],
  ])('is refused, with the usage: %s', (why, reading) => {
    expect(reading).toThrow(BadCommandLine)
    expect(reading).toThrow(why)
    expect(reading).toThrow(usage)
  })
})

describe('the command line of the chaos', () => {
  it.each([
    [['--only', 'kill,love'], '--only love is no kind of fault'],
    [['--only', 'kill,partition'], '--only partition cannot be done to what the shop runs on'],
    [['--hosts', '--only', 'kill,partition'], '--only kill cannot be done to what the shop runs on'],
    [
      ['--only', 'kill database'],
      '--only kill database cannot be done to what the shop runs on: it takes --engines postgres',
    ],
    [
      ['--engines', 'postgres', '--only', 'kill,disk full'],
      'disk full cannot be done to what the shop runs on: it has no SQLite',
    ],
    [['--engines', 'redis-cluster', '--only', 'old dump'], 'its Redis is no process of the launcher'],
    [['--engines', 'redis-cluster', '--scenario', 'away'], '--scenario away takes --engines postgres'],
    [['--turn', 'none'], '--turn is for many hosts, or takes --engines postgres'],
    [['--hosts', '--engines', 'redis-cluster'], '--engines is for a shop on one host'],
    [['--minutes', '-'], '--minutes - is not a number above 0'],
    [['--order', '5'], "Unknown option '--order'"],
  ])('%j is refused in words', (given, why) => {
    expect(() => readArguments(given)).toThrow(why)
  })

  it('takes all scenarios in one run, with all that can be done to a shop on these engines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-new-'))
    const on = ['--engines', 'redis-cluster', '--faults', '5000', '--seed', '7', '--data-dir', folder]
    const { plan } = readArguments(['--scenario', 'all', ...on])
    rmSync(folder, { recursive: true })

    expect(plan).toMatchObject({ sale: {}, lines: {}, live: {}, doubled: ['notification', 'live', 'logs'] })
    const done = new Set(plan.faults.map(nameOf))
    expect([...done]).toEqual(
      expect.arrayContaining(['kill live-2', 'kill logs-2', 'kill order', 'rotate log files', 'kill master']),
    )
    expect(done).toContain('live loses its database')
  })

  it('draws on an engine what only it can have, and leaves out what only files can', () => {
    const { plan } = readArguments(['--engines', 'postgres', '--minutes', '60', '--seed', '7', '--help'])
    const kinds = new Set(plan.faults.map(({ kind }) => kind))

    expect(postgresKinds.filter((kind) => !kinds.has(kind))).toEqual([])
    expect(['disk full', 'failing disk', 'lock', AWAY].filter((kind) => kinds.has(kind as Kind))).toEqual([])
  })

  it('is refused where the folder is not empty', () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-used-'))
    writeFileSync(join(folder, 'order.db'), '')

    expect(() => readArguments(['--data-dir', folder])).toThrow('is not empty')

    rmSync(folder, { recursive: true })
  })
})
