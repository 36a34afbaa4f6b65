import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { kinds } from '../audit-kinds.ts'
import { at, useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()
const inLogs = (sql: string) => shop.sql('logs', sql)
const pathOf = (name: string) => join(shop.dataDir, 'logs', name)

type Said = { service: string; msg: string; subject?: string }
const said = (run: string, n: number, more: Said) => `${JSON.stringify({ run, n, level: 30, time: at, ...more })}\n`

/** Kept as logs keeps it. */
function keep(run: string, n: number, { service, msg, subject }: Said): void {
  const text = said(run, n, { service, msg, ...(subject !== undefined && { subject }) }).trimEnd()
  shop.insert('logs', 'Line', { run, n, at, level: 30, service, msg, subject: subject ?? null, text })
  const runs = { run, service, first: n, last: n, lines: 1, beganAt: at, lastAt: at }
  if (n === 1) shop.insert('logs', 'Run', runs)
  else inLogs(`UPDATE "Run" SET last = ${n}, lines = lines + 1 WHERE run = '${run}'`)
}

/** An hour in the archive; what it holds is gone from the store. */
function archive(name: string, text: string, more: Record<string, unknown> = {}): void {
  const packed = gzipSync(text)
  writeFileSync(pathOf(`archive/${name}.ndjson.gz`), packed)
  const sha256 = createHash('sha256').update(packed).digest('hex')
  const lines = text.split('\n').length - 1
  const noted = { hour: 1, name, lines, rawBytes: text.length, bytes: packed.length, sha256, at }
  shop.insert('logs', 'Archive', { ...noted, ...more })
}

const tick: Said = { service: 'payment', msg: 'tick' }

/** Two programs that wrote into one file, which is read to its end: order told of all its orders, payment ticked three times. */
beforeEach(() => {
  mkdirSync(pathOf('archive'), { recursive: true })
  const lines: string[] = []
  for (const [i, subject] of Object.keys(kinds).entries()) {
    const placed = { service: 'order', msg: 'order.placed', subject }
    lines.push(said('order-run', i + 1, placed))
    keep('order-run', i + 1, placed)
  }
  for (const n of [1, 2, 3]) {
    lines.push(said('pay-run', n, tick))
    keep('pay-run', n, tick)
  }
  writeFileSync(pathOf('orderline.log'), lines.join(''))
  const { ino, size } = statSync(pathOf('orderline.log'))
  shop.insert('logs', 'File', { inode: String(ino), name: 'orderline.log', head: '7b22', size, read: size })
})

describe('lines of which all is well', () => {
  it('are found well, and counted', () => {
    const { findings, figures } = shop.audit({ atRest: true })

    expect(findings).toEqual([])
    expect(figures.lines).toEqual({ kept: 12, runs: 2, gaps: 0, toRead: 0 })
  })

  it('may still have to be read, and be cut off at the end', () => {
    appendFileSync(pathOf('orderline.log'), `${said('pay-run', 4, tick)}{"run":"pay-run","n":5`)

    expect(shop.wrongs({ atRest: true })).toEqual([])
    expect(shop.audit().figures.lines?.toRead).toBe(1)
  })

  it('may be on their way, in a message', () => {
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 2`)
    inLogs(`UPDATE "Run" SET lines = 2 WHERE run = 'pay-run'`)
    const data = { file: 'orderline.log', inode: '1', from: 0, to: 1, lines: said('pay-run', 2, tick) }
    shop.insert('logs', 'Event', {
      seq: 1,
      id: 'c',
      name: 'log.collected',
      subject: 'l',
      at,
      data: JSON.stringify(data),
    })
    shop.insert('logs', 'Outbox', { event: 1, queue: 'logs', stamp: 1, pushes: 1, enqueuedAt: at })

    expect(shop.wrongs({ atRest: true })).toEqual([])
  })

  it('may be in the archive, and in no file any more', () => {
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n < 3`)
    rmSync(pathOf('orderline.log'))
    archive('2026-11-27T10', said('pay-run', 1, tick) + said('pay-run', 2, tick))

    expect(shop.wrongs({ atRest: true })).toEqual([])
  })

  it('may be of a program that goes back to before lines were collected', () => {
    rmSync(join(shop.dataDir, 'logs.db'))

    expect(shop.audit({ atRest: true })).toMatchObject({ findings: [], figures: { lines: null } })
  })
})

describe('a line', () => {
  it('that stands in its file and was passed over is found', () => {
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 3`)
    inLogs(`UPDATE "Run" SET lines = 2, last = 2 WHERE run = 'pay-run'`)

    expect(shop.wrongs()).toEqual(['lostLine pay-run'])
  })

  it('that stands nowhere is found by its number, unless it is told to be gone', () => {
    rmSync(pathOf('orderline.log'))
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 2`)
    inLogs(`UPDATE "Run" SET lines = 2 WHERE run = 'pay-run'`)
    const gap = { id: 'g', at, file: 'orderline.log', inode: '1', from: 0, reason: 'rotated' }

    expect(shop.wrongs()).toEqual(['lostLine pay-run'])
    shop.insert('logs', 'Gap', { ...gap, to: 20, at: at - 24 * 3_600_000 })
    expect(shop.wrongs()).toEqual(['lostLine pay-run'])
    inLogs(`UPDATE "Gap" SET at = ${at}`)
    expect(shop.wrongs()).toEqual([])
    inLogs(`UPDATE "Gap" SET id = 'pay-run'`) // its number alone tells of it: logs may have lost it
    expect(shop.wrongs()).toEqual(['lostLine pay-run'])
  })

  it('that was kept for long enough is no lost one', () => {
    rmSync(pathOf('orderline.log'))
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 1`)
    shop.insert('logs', 'Hour', { id: 7, name: '2026-11-27T10', at, first: 2, lines: 11, bytes: 1_000 })

    expect(shop.wrongs()).toEqual([])
  })

  it('that could not be written down, as a program has said, is no lost one', () => {
    rmSync(pathOf('orderline.log'))
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 2`)
    inLogs(`UPDATE "Run" SET lines = 2 WHERE run = 'pay-run'`)
    keep('launcher-run', 1, { service: 'launcher', msg: 'log.writable' })

    expect(shop.wrongs()).toEqual([])
  })

  it('that is kept twice is found', () => {
    inLogs(`DROP INDEX "Line_run_n_key"`)
    inLogs(`INSERT INTO "Line" (run, n, at, level, service, msg, text) SELECT run, n, at, level, service, msg, text
      FROM "Line" WHERE run = 'pay-run' AND n = 2`)

    expect(shop.wrongs()).toEqual(['doubledLine pay-run'])
  })

  it('that is said to be kept, and is not, is found', () => {
    rmSync(pathOf('orderline.log'))
    inLogs(`DELETE FROM "Line" WHERE run = 'pay-run' AND n = 3`)

    expect(shop.wrongs()).toEqual(['lostLine pay-run'])
  })

  it('that was given up with its batch is a dead letter', () => {
    const letter = {
      id: 'l',
      queue: 'logs',
      name: 'log.collected',
      subject: 'logs',
      reason: 'it will not',
      body: '',
      at,
    }
    shop.insert('logs', 'DeadLetter', letter)

    expect(shop.wrongs({ atRest: true })).toEqual(['deadLetter l'])
  })
})

describe('an hour in the archive', () => {
  const two = said('pay-run', 1, tick) + said('pay-run', 2, tick)

  it.each([
    ['has another sum than was noted', { sha256: 'a'.repeat(64) }],
    ['has fewer lines than were noted', { lines: 3 }],
    ['is shorter than was noted', { bytes: 1_000 }],
    ['is not there', { name: '2026-11-27T11' }],
  ])('that %s is found', (_what, noted) => {
    archive('2026-11-27T10', two, noted)

    expect(shop.wrongs()).toEqual([`wrongArchive ${'name' in noted ? noted.name : '2026-11-27T10'}`])
  })
})

describe('what the lines tell of orders', () => {
  it('is found where there is no such order', () => {
    keep('order-run', 10, { service: 'order', msg: 'order.placed', subject: 'nobody' })

    expect(shop.wrongs()).toEqual(['unlikeBooks nobody'])
  })

  it('is missed where an order has no line, unless a death explains it', () => {
    inLogs(`UPDATE "Line" SET msg = 'order.looked' WHERE subject = 'cancelled'`)
    writeFileSync(pathOf('orderline.log'), '')

    expect(shop.wrongs({ atRest: true })).toEqual(['unlikeBooks cancelled'])
    expect(shop.wrongs({ atRest: true, allowUnwritten: 1 })).toEqual([])
  })
})
