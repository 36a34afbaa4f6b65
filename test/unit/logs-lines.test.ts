import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Screen } from '../../launcher/screen.ts'
import { isNumbered, parseLines } from '../../services/logs/line.ts'
import { LogFile } from '../../shared/log-file.ts'

const place = { inode: '7.1', from: 100 }
const parse = (...lines: string[]) => parseLines(lines.join('\n'), place, 5)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-lines-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a line', () => {
  it('is known by its run and number, and found by what it is about', () => {
    const text =
      '{"run":"Ab_-12","n":9,"level":40,"time":1,"service":"payment","order":"OL-1","subject":"s","ms":3,"why":"x","msg":"payment.declined"}'

    const [line] = parse(text)

    expect(line).toEqual({
      ...{ run: 'Ab_-12', n: 9, level: 40, at: 1, service: 'payment', order: 'OL-1', subject: 's' },
      ...{ msg: 'payment.declined', ms: 3, text, fields: { run: 'Ab_-12', n: 9, why: 'x' } },
    })
  })

  it('is numbered by what its program says first, whatever else calls itself a number in it', () => {
    expect(parse('{"run":"Ab12","n":9,"level":30,"n":1,"run":"other"}')).toMatchObject([{ run: 'Ab12', n: 9 }])
  })

  it('has the number also where the rest of it is cut off', () => {
    expect(parse('{"run":"Ab12","n":9,"level":30,"mess')).toMatchObject([{ run: 'Ab12', n: 9, at: 5, level: 30 }])
  })

  it.each([
    ['text', 'Killed'],
    ['a number', '7'],
    ['a list', '[1]'],
    ['nothing', 'null'],
    ['fields of other kinds', '{"level":"high","time":"now","service":1,"msg":{},"subject":[],"order":{},"ms":-1}'],
    ['a number that is none', '{"run":"a","n":-1}'],
    ['names of the language', '{"__proto__":{"msg":"x"},"constructor":1}'],
  ])('that is %s is kept under its place', (_what, text) => {
    const [line] = parse(text)

    expect(line).toMatchObject({ run: '~7.1', n: 100, at: 5, level: 30, subject: null, order: null, ms: null, text })
    expect(line && isNumbered(line)).toBe(false)
  })

  it('has a place of its own, however short they are', () => {
    const lines = parse('a', 'b', '', 'c')

    expect(new Set(lines.map(({ n }) => n)).size).toBe(3)
    expect(Math.max(...lines.map(({ n }) => n))).toBeLessThan(place.from + 'a\nb\n\nc\n'.length)
  })

  it('has nothing in it that a database does not take', () => {
    const [line] = parse('{"msg":"a\\u0000b\\ud83d","subject":"\\udc00"}', '\0')

    expect(line).toMatchObject({ msg: 'a\ufffdb\ufffd', subject: '\ufffd' })
    expect(parse('\0')).toMatchObject([{ text: '\ufffd' }])
  })
})

describe('what a program logs', () => {
  const program = (work: string) => `
    const { createLogger, logTo } = await import(${JSON.stringify(resolve('dist/shared/logger.js'))})
    const log = createLogger('sale', 'info')
    ${work}`
  const run = (work: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program(work)], { encoding: 'utf8' })

  it('is numbered through all of its loggers, and by the start of the program', () => {
    const lines = [1, 2].map(() =>
      run(`log.info('one'); log.debug('none'); createLogger('sale', 'info').child({ a: 1 }).warn({ n: 9 }, 'twö')`),
    )

    const parsed = lines.map((text) => parseLines(text, place, 5))
    expect(parsed.map((one) => one.map(({ n, msg }) => [n, msg]))).toEqual(
      Array(2).fill([
        [1, 'one'],
        [2, 'twö'],
      ]),
    )
    expect(parsed[0]?.[0]?.run).toBe(parsed[0]?.[1]?.run)
    expect(parsed[0]?.[0]?.run).not.toBe(parsed[1]?.[0]?.run)
  })

  it('stands in its log file, too, to the last line', () => {
    const path = join(folder, 'sale.log')

    const output = run(`logTo(${JSON.stringify(path)}, log)
      for (let i = 0; i < 1_000; i++) log.info({ i }, 'fact')
      setTimeout(() => { log.info('last'); process.exit(0) }, 20)`)

    const lines = readFileSync(path, 'utf8')
    expect(parseLines(lines, place, 5).map(({ n }) => n)).toEqual(Array.from({ length: 1_001 }, (_, i) => i + 1))
    expect(lines).toContain(output)
  })

  it('is in its log file though it was killed', async () => {
    const path = join(folder, 'sale.log')
    const work = `logTo(${JSON.stringify(path)}, log)
      log.info('before')
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)
      setInterval(() => {}, 1_000)`

    const child = spawn(process.execPath, ['--input-type=module', '-e', program(work)], { stdio: 'ignore' })
    await once(child, 'exit')

    expect(readFileSync(path, 'utf8')).toContain('"before"')
  })
})

describe('what the launcher passes on', () => {
  it('is numbered by itself where the program has not done so, and keeps the number where it has', () => {
    const logFile = new LogFile(join(folder, 'orderline.log'))
    const screen = new Screen({ out: new PassThrough().resume(), logFile, isPretty: false, isColoured: false })
    const spec = { name: 'redis', command: '', args: [], env: {} }

    screen.say('info', 'own')
    screen.feed(spec, 'foreign\n{"run":"Ab12","n":3,"msg":"ours"}\n', 'stdout')

    const lines = parseLines(readFileSync(logFile.path, 'utf8'), place, 5)
    expect(lines.map(({ msg }) => msg)).toEqual(['own', 'foreign', 'ours'])
    expect(lines[1]).toMatchObject({ run: lines[0]?.run, n: (lines[0]?.n ?? 0) + 1, service: 'redis' })
    expect(lines[2]).toMatchObject({ run: 'Ab12', n: 3 })
  })
})
