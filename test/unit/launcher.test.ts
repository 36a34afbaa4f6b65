import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLineSplitter } from '../../launcher/line-splitter.ts'
import { createPainter } from '../../launcher/paint.ts'
import { livePidIn, writePidFile } from '../../launcher/pid-file.ts'
import { prettyLine } from '../../launcher/pretty-line.ts'
import { Screen } from '../../launcher/screen.ts'
import { LogFile } from '../../shared/log-file.ts'
import { until } from '../until.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-unit-'))
  path = join(folder, 'logs', 'orderline.log')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a pid file', () => {
  it('knows the process that runs', () => {
    writePidFile(join(folder, 'pid'), process.pid)

    expect(livePidIn(join(folder, 'pid'))).toBe(process.pid)
  })

  it('is not fooled by another process that got the same number', () => {
    writeFileSync(join(folder, 'pid'), `${process.pid} 12345\n`)

    expect(livePidIn(join(folder, 'pid'))).toBeUndefined()
  })

  it('means nobody when it is missing or garbage', () => {
    writeFileSync(join(folder, 'pid'), 'garbage')

    expect([livePidIn(join(folder, 'pid')), livePidIn(join(folder, 'none'))]).toEqual([undefined, undefined])
  })
})

describe('what is printed', () => {
  const plain = createPainter(false)
  const line = (more: object) =>
    JSON.stringify({
      level: 30,
      time: new Date(2026, 0, 2, 3, 4, 5, 6).getTime(),
      service: 'payment',
      ...more,
    })

  it('is one readable line per fact', () => {
    const ids = {
      subject: '019a6f00-0000-7000-8000-0000deadbeef',
      messageId: '019a6f00-0000-7000-8000-0000cafecafe',
    }

    const text = prettyLine(line({ order: 'OL-1042', ...ids, attempt: 2, ms: 12, msg: 'payment.captured' }), plain)

    expect(text).toBe(
      '03:04:05.006 payment         payment.captured   OL-1042 subject=…deadbeef messageId=…cafecafe attempt=2 ms=12\n',
    )
  })

  it('names the level when it is not info, and shows the stack of an error', () => {
    const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at charge' }

    const text = prettyLine(line({ level: 50, msg: 'charge.failed', err }), plain)

    expect(text).toBe('03:04:05.006 payment         ERROR charge.failed      Error: no\n    at charge\n')
  })

  it('is coloured only where colours are wanted', () => {
    expect(prettyLine(line({ msg: 'x' }), createPainter(true))).toContain('\u001b[32mpayment')
    expect(prettyLine(line({ msg: 'x' }), plain)).not.toContain('\u001b')
  })

  it('shows what would command the terminal, and commands nothing', () => {
    const red = '\u001b[31m'
    const forged = { msg: `a${red}\nb`, order: red, reason: `${red}\u009b2J`, why: `\u202e ${red}`, service: red }
    const err = { message: 'x', stack: `Error: ${red}\u0085\n    at ${red}` }

    const text = prettyLine(line({ ...forged, err }), plain) + prettyLine(`{"${red}}`, plain)

    expect(text.split('\n')).toHaveLength(4)
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u)
    expect(text).toContain('reason=\\u001b[31m\\u009b2J')
  })

  it('is left as it came when it only looks like JSON', () => {
    expect(prettyLine('{"oops}', plain)).toBe('{"oops}\n')
  })

  it('is cut into lines wherever the pieces end, and a line without end is cut as well', () => {
    const split = createLineSplitter()

    expect([split('{"a'), split('":1}\n{"b":2}\n{"'), split('c":3}\n')]).toEqual([
      [],
      ['{"a":1}', '{"b":2}'],
      ['{"c":3}'],
    ])
    expect(split('x'.repeat(2_000_000))).toHaveLength(1)
  })

  it('keeps up with ten thousand lines a second many times over', () => {
    const logFile = new LogFile(path)
    const screen = new Screen({ out: new PassThrough().resume(), logFile, isPretty: true, isColoured: true })
    const chunk = `${line({ order: 'OL-1', subject: 'a'.repeat(36), ms: 3, msg: 'order.placed' })}\n`.repeat(400)
    const spec = { name: 'order', command: '', args: [], env: {} }

    const startedAtMs = performance.now()
    for (let chunks = 0; chunks < 100; chunks++) screen.feed(spec, chunk, 'stdout')

    expect(performance.now() - startedAtMs).toBeLessThan(4_000)
    expect(readFileSync(logFile.path, 'utf8').split('\n')).toHaveLength(40_001)
  })

  it('goes on when its log cannot be written, which is told once when it begins and once when it ends', () => {
    const logFile = new LogFile(path, 100)
    const out = new PassThrough()
    const screen = new Screen({ out, logFile, isPretty: false, isColoured: false })
    const facts = () =>
      (out.read()?.toString() ?? '')
        .split('\n')
        .filter(Boolean)
        .map((fact: string) => JSON.parse(fact))
    for (const n of [1, 3]) writeFileSync(`${logFile.path}.${n}`, '')
    mkdirSync(`${logFile.path}.4/x`, { recursive: true }) // in the way of full files

    for (const n of [1, 2, 3, 4]) screen.say('info', `fact ${n}`)
    const told = facts()
    rmSync(`${logFile.path}.4`, { recursive: true })
    for (const n of [5, 6]) screen.say('info', `fact ${n}`)

    expect(told.filter(({ msg }: { msg: string }) => msg === 'log.unwritable')).toMatchObject([
      { level: 50, path: logFile.path, reason: expect.stringContaining('EISDIR') },
    ])
    expect(facts().map(({ msg }: { msg: string }) => msg)).toEqual(expect.arrayContaining(['log.writable', 'fact 6']))
    expect(readFileSync(logFile.path, 'utf8')).toContain('fact 6')
  })

  it('tells a full disk as the reason why its log cannot be written', () => {
    mkdirSync(join(folder, 'logs'))
    symlinkSync('/dev/full', path)
    const out = new PassThrough()
    const screen = new Screen({ out, logFile: new LogFile(path), isPretty: false, isColoured: false })

    screen.say('info', 'fact')

    expect(out.read()?.toString()).toContain('ENOSPC')
  })

  it('goes on in a new log when somebody has taken the full one away', () => {
    const log = new LogFile(path, 100)
    log.append(`${'a'.repeat(100)}\n`)
    rmSync(log.path)

    for (const letter of 'bc') log.append(`${letter}\n`)

    expect(readFileSync(log.path, 'utf8')).toBe('b\nc\n')
  })

  it('is whole lines only, where the disk was full in the middle of one', () => {
    const program = `
      const { LogFile } = await import(${JSON.stringify(resolve('dist/shared/log-file.js'))})
      const log = new LogFile(${JSON.stringify(path)})
      for (let n = 0; n < 100; n++) log.append(JSON.stringify({ n, text: 'x'.repeat(40) }) + '\\n')`

    execFileSync('sh', ['-c', 'ulimit -f 1; exec "$0" -e "$1"', process.execPath, program]) // blocks of 512 bytes, or 1,024

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.map((line) => JSON.parse(line).n)).toEqual([...lines.keys()])
  })

  it('fills five log files at most, the newest lines in the one without a number', () => {
    const log = new LogFile(path, 100)
    for (const letter of 'abcdefg') log.append(`${letter.repeat(100)}\n`)

    const kept = [path, ...[1, 2, 3, 4].map((n) => `${path}.${n}`)].map((one) => readFileSync(one, 'utf8')[0])
    expect(kept).toEqual(['g', 'f', 'e', 'd', 'c'])
    expect(existsSync(`${path}.5`)).toBe(false)
  })

  it('goes on in the file of its name when somebody has put another one there', async () => {
    const log = new LogFile(path)
    log.append('a\n')
    renameSync(path, `${path}-yesterday`)

    await until(() => {
      log.append('b\n')
      return existsSync(path)
    })

    expect(readFileSync(path, 'utf8')).toBe('b\n')
  })

  it('begins a line of its own behind one that was cut off', () => {
    mkdirSync(join(folder, 'logs'))
    writeFileSync(path, '{"cut":')

    new LogFile(path).append('whole\n')

    expect(readFileSync(path, 'utf8')).toBe('{"cut":\nwhole\n')
  })
})
