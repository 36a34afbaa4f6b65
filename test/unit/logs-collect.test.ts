import { appendFileSync, linkSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from '../../services/logs/db.ts'
import { diskIn } from '../../services/logs/disk.ts'
import { createShipper } from '../../services/logs/ship-lines.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { LogsRig, lineOf } from '../logs-rig.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let rig: LogsRig
beforeEach(async () => {
  rig = await LogsRig.open(redis)
})
afterEach(() => rig.close())

const path = (name: string) => join(rig.logs, name)
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const byNumber = (one: string, other: string) => Number(one.split(' ')[1]) - Number(other.split(' ')[1])
const kept = async () => (await rig.texts()).length
const areKept = (count: number) => until(async () => (await kept()) >= count, { what: `${count} lines kept` })

describe('what programs write down', () => {
  it('is kept once, each line of it, whatever is cut off, fails or is forgotten, with two at the same files', async () => {
    const LINES = 8_000
    let faults = 0
    const fail = (share: number) => {
      if (faults < 200 && Math.random() < share) {
        faults++
        throw new Error('a fault of the test')
      }
    }
    const start = () =>
      rig.start({
        publish: (publish) => async (work, how) => {
          const result = await publish(async (tx, emit) => {
            const done = await work(tx, emit)
            fail(0.1) // before the commit
            return done
          }, how)
          fail(0.1) // after it
          return result
        },
        handler: (keep) => ({
          ...keep,
          apply: async (tx, batch, emit) => {
            await keep.apply(tx, batch, emit)
            fail(0.1) // before the commit
          },
        }),
      })
    const [order, sale] = [rig.file('order.log', 1_000_000), rig.file('sale.log', 1_000_000)]
    let running = [await start(), await start()]

    for (let n = 1; n <= LINES; n += 100) {
      order.append(
        numbers(n, n + 99)
          .map((one) => lineOf('run-order', one))
          .join(''),
      )
      sale.append(
        numbers(n, n + 99)
          .map((one) => lineOf('run-sale', one, { service: 'sale' }))
          .join(''),
      )
      appendFileSync(path('redis.log'), `foreign ${n}\n`) // no number tells that it came twice
      await wait(10)
      if (n % 2_000 === 1) await redis.client.flushall()
      if (n % 2_000 === 1001) {
        const [first, second] = running
        await first?.cut()
        running = [second, await start()].filter((one) => one !== undefined)
      }
    }
    await areKept(2 * LINES + LINES / 100)
    await wait(300) // for what may be doubled

    const whole = { first: 1, last: LINES, lines: LINES, kept: LINES }
    expect(await rig.runs()).toEqual([
      { run: 'run-order', ...whole },
      { run: 'run-sale', ...whole },
    ])
    expect(faults).toBeGreaterThan(5)
    expect(await rig.gaps()).toEqual([])
    const foreign = (await rig.texts()).filter((text) => text.startsWith('foreign'))
    expect(foreign.sort(byNumber)).toEqual(numbers(0, LINES / 100 - 1).map((i) => `foreign ${i * 100 + 1}`))
    // a batch that was forgotten comes after one that was not
    const first = (await rig.texts()).find((text) => text.startsWith('{"run":"run-order","n":1,'))
    expect(first).toBe(lineOf('run-order', 1, { time: JSON.parse(first ?? '').time }).trimEnd())
  })

  it('leaves nothing on its way once it is kept: no event, no row, and no line about a line', async () => {
    await rig.start()
    rig.file('order.log').append(
      numbers(1, 700)
        .map((n) => lineOf('run-1', n))
        .join(''),
    )

    await areKept(700)
    await until(async () => (await rig.db.read.event.count()) === 0, { what: 'events to go' })

    expect(await rig.db.read.outbox.count()).toBe(0)
    expect(rig.told).toEqual([])
  })

  it('goes on where files were put aside while they were read, and follows them under their new names', async () => {
    await rig.start()
    const file = rig.file('order.log', 2_000)

    for (const n of numbers(1, 60)) {
      file.append(lineOf('run-1', n))
      await wait(15)
    }
    await areKept(60)

    expect(await rig.runs()).toEqual([{ run: 'run-1', first: 1, last: 60, lines: 60, kept: 60 }])
    expect(await rig.gaps()).toEqual([])
  })

  it('waits in its files while the list is full, and nobody who writes notices', async () => {
    let letGo = () => {}
    const gate = new Promise<undefined>((resolve) => {
      letGo = () => resolve(undefined)
    })
    await rig.start({ handler: (keep) => ({ ...keep, prepare: () => gate }) })
    const LINES = 64 * 500 + 3_000
    rig.file('order.log').append(
      numbers(1, LINES)
        .map((n) => lineOf('run-1', n))
        .join(''),
    )

    await until(async () => (await rig.db.read.outbox.count()) === 64, { what: 'a full list' })
    await wait(300)
    const owed = await rig.db.read.outbox.count()
    const [file] = await rig.db.read.file.findMany()
    letGo()
    await areKept(LINES)

    expect(owed).toBe(64)
    expect(Number(file?.read)).toBeLessThan(Number(file?.size))
    expect(await rig.runs()).toMatchObject([{ lines: LINES, kept: LINES }])
  })
})

describe('what was gone before it could be read', () => {
  it('is told, and counted by the numbers of the lines', async () => {
    const first = await rig.start()
    const file = rig.file('order.log', 500)
    for (const n of numbers(1, 5)) file.append(lineOf('run-1', n))
    await areKept(5)
    await first.stop()
    for (const n of numbers(6, 60)) file.append(lineOf('run-1', n)) // a few a file, and five files

    await rig.start()
    await until(async () => (await rig.runs())[0]?.last === 60)

    const [run] = await rig.runs()
    expect(run?.lines).toBeLessThan(60)
    expect(await rig.gaps()).toMatchObject([
      { file: expect.stringContaining('order.log'), reason: expect.stringMatching(/^it was (gone|cut)/) },
    ])
    expect(rig.told).toMatchObject([{ level: 40, msg: 'log.gap' }])
  })

  it('is told when a file is cut, and what comes then is read from its beginning', async () => {
    await rig.start()
    appendFileSync(
      path('order.log'),
      numbers(1, 9)
        .map((n) => lineOf('run-1', n))
        .join(''),
    )
    await areKept(9)

    truncateSync(path('order.log'))
    appendFileSync(path('order.log'), lineOf('run-1', 10))
    await areKept(10)

    expect(await rig.runs()).toMatchObject([{ first: 1, last: 10, kept: 10 }])
    expect(await rig.gaps()).toMatchObject([{ reason: expect.stringContaining('cut, or made anew') }])
  })

  it('is noticed when a file was cut and has grown beyond where it was read', async () => {
    await rig.start()
    writeFileSync(path('order.log'), lineOf('run-1', 1))
    await areKept(1)

    writeFileSync(
      path('order.log'),
      numbers(1, 9)
        .map((n) => lineOf('run-2', n))
        .join(''),
    )
    await areKept(10)

    expect(await rig.runs()).toMatchObject([{ run: 'run-1' }, { run: 'run-2', first: 1, last: 9, kept: 9 }])
  })

  it('is not told where a full file goes that was read to its end, though another one gets its inode', async () => {
    await rig.start()
    const file = rig.file('order.log', 100)
    for (const n of numbers(1, 9)) {
      file.append(lineOf('run-1', n))
      await areKept(n)
    }

    expect(await rig.gaps()).toEqual([])
    expect(await rig.runs()).toMatchObject([{ last: 9, kept: 9 }])
  })
})

describe('lines that are not as ours are', () => {
  it('are kept as they stand: foreign ones, cut ones, endless ones, and twice the same', async () => {
    await rig.start()
    const text = [
      'FATAL: out of memory',
      '{"run":"run-1","n":1,"cut":',
      '{"half":1}}',
      '\u0001\u0000 控制 \ud83d\ude00',
      '\r',
      '"',
      'twice',
      'twice',
    ]
    writeFileSync(
      path('redis.log'),
      Buffer.concat([Buffer.from(`${text.join('\n')}\n\n\n`), Buffer.from([0xff, 0xfe, 10])]),
    )
    appendFileSync(path('order.log'), `${'ä'.repeat(1_300_000)}\n${lineOf('run-2', 1)}`)
    writeFileSync(path('strange.log'), `${'\u0001'.repeat(200_000)}\n`)

    const isWhole = (all: string[]) => all.join('').length >= 1_500_000 && all.includes('\ufffd\ufffd')
    await until(async () => isWhole(await rig.texts()), { what: 'all of it kept' })

    const texts = await rig.texts()
    expect(texts).toEqual(
      expect.arrayContaining(['FATAL: out of memory', '{"run":"run-1","n":1,"cut":', '\ufffd\ufffd']),
    )
    expect(texts.filter((one) => one === 'twice')).toHaveLength(2)
    expect(texts.filter((one) => /^ä+$/.test(one)).join('')).toBe('ä'.repeat(1_300_000))
    expect(texts.filter((one) => one.startsWith('\u0001\u0001')).join('')).toBe('\u0001'.repeat(200_000))
    expect(await rig.db.read.deadLetter.count()).toBe(0)
    expect(await rig.runs()).toMatchObject([
      { run: 'run-1', last: 1 },
      { run: 'run-2', last: 1 },
    ])
  })

  it('are read once more, but kept once, where a file was copied', async () => {
    await rig.start()
    const lines = numbers(1, 9)
      .map((n) => lineOf('run-1', n))
      .join('')
    writeFileSync(path('order.log'), lines)
    await areKept(9)

    writeFileSync(path('order.log.1'), lines)
    writeFileSync(path('sale.log'), lineOf('run-2', 1))
    await areKept(10)
    await until(async () => (await rig.db.read.event.count()) === 0)

    expect(await rig.runs()).toMatchObject([{ run: 'run-1', lines: 9, kept: 9 }, { run: 'run-2' }])
  })
})

describe('several hosts that have one database', () => {
  it('each read their own files, though these have the same numbers, and leave those of others alone', async () => {
    const [here, there] = ['here', 'there'].map((name) => join(rig.folder, name)) as [string, string]
    const sent: string[] = []
    const publish: Publish<Client> = (work) =>
      rig.db.write((tx) => work(tx, ({ name, data }) => void (name === 'log.collected' && sent.push(data.lines))))
    const shipperOf = (folder: string) => createShipper({ folder, disk: diskIn(folder), db: rig.db, publish })
    const [one, other] = [shipperOf(here), shipperOf(there)]
    appendFileSync(join(here, 'order.log'), 'one\n')
    linkSync(join(here, 'order.log'), join(there, 'order.log')) // the same number on another disk
    const both = async () => [await one.runOnce(), await other.runOnce()]

    expect(await both()).toEqual(['all', 'all'])
    appendFileSync(join(here, 'order.log'), 'two\n')
    await both()
    await both()

    expect(sent).toEqual(['one', 'one', 'two', 'two']) // which the numbers of lines would tell to be the same
    expect(diskIn(here)).toBe(diskIn(here))
    expect(diskIn(here)).not.toBe(diskIn(there))
  })
})

describe('several processes of the service', () => {
  it('read on where another one has ended', async () => {
    const first = await rig.start()
    await rig.start()
    appendFileSync(path('order.log'), lineOf('run-1', 1))
    await areKept(1)

    await first.stop()
    appendFileSync(path('order.log'), lineOf('run-1', 2))
    await areKept(2)

    expect(await rig.runs()).toMatchObject([{ lines: 2, kept: 2 }])
  })

  it('do not send what another one has sent meanwhile', async () => {
    const sent: string[] = []
    const publish: Publish<Client> = (work) =>
      rig.db.write((tx) => work(tx, ({ name, data }) => void (name === 'log.collected' && sent.push(data.lines))))
    let letGo = () => {}
    let gate = Promise.resolve()
    const shipperBy = (way: Publish<Client>) => createShipper({ folder: rig.logs, db: rig.db, publish: way })
    const fast = shipperBy(publish)
    const slow = shipperBy((work) => gate.then(() => publish(work)))
    appendFileSync(path('order.log'), 'one\n')
    await slow.runOnce()
    gate = new Promise((resolve) => {
      letGo = resolve
    })

    appendFileSync(path('order.log'), 'two\n')
    const late = slow.runOnce()
    await wait(100) // it has read the second line
    appendFileSync(path('order.log'), 'three\n')
    await fast.runOnce()
    letGo()

    expect(await late).toBe('overtaken')
    expect(sent).toEqual(['one', 'two\nthree'])
  })

  it('tell a gap once', async () => {
    await rig.start()
    await rig.start()
    appendFileSync(path('order.log'), lineOf('run-1', 1))
    await areKept(1)

    renameSync(path('order.log'), path('elsewhere'))
    await until(async () => (await rig.gaps()).length > 0)
    await wait(500)

    expect(await rig.gaps()).toHaveLength(1)
    rmSync(path('elsewhere'))
  })
})
