import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { archiveHour } from '../../services/logs/archive-hours.ts'
import { forgetArchive, forgetLines } from '../../services/logs/forget-lines.ts'
import { endHour, noteHour } from '../../services/logs/hours.ts'
import { parseLines } from '../../services/logs/line.ts'
import { insertLines } from '../../services/logs/lines.ts'
import { LogsRig } from '../logs-rig.ts'
import { useRedis } from '../redis-server.ts'

const redis = useRedis()
let rig: LogsRig
let folder: string
beforeEach(async () => {
  rig = await LogsRig.open(redis)
  folder = join(rig.logs, 'archive')
})
afterEach(() => rig.close())

const NOON = Date.UTC(2026, 10, 27, 12)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const facts = ['order.placed', 'stock.reserved', 'order.reserved', 'payment.captured', 'order.paid', 'mail.sent']
let written = 0
let files = 0

/** What orders leave in the log, as one text. */
function story(orders: number, at: number): string {
  const lines = Array.from({ length: orders }, (_, order) => {
    const about = { order: `OL-${1_000 + order}`, subject: uuidv7() }
    return facts.map((msg, i) => {
      const line = {
        level: 30,
        time: at + i,
        service: 'order',
        event: msg,
        ...about,
        messageId: uuidv7(),
        attempt: 1,
        ms: i,
        msg,
      }
      return `{"run":"run-1","n":${++written},${JSON.stringify(line).slice(1)}`
    })
  })
  return lines.flat().join('\n')
}

const keep = (text: string, at: number, partBytes = 1e9) =>
  rig.db.write(async (tx) =>
    noteHour(tx, await insertLines(tx, parseLines(text, { inode: String(++files), from: 0 }, at)), { at, partBytes }),
  )
const zcat = (name: string) => execFileSync('zcat', [join(folder, name)], { encoding: 'utf8', maxBuffer: 1e9 })
const archiveAll = async () => {
  for (;;) if ((await archiveHour({ folder, db: rig.db })) === null) return
}
const forget = async (kept: { maxBytes: number; days: number }, now: number) => {
  const prune = forgetLines({ ...kept, archiveDays: 90 })
  while ((await rig.db.write((tx) => prune(tx, now, 100))) > 0);
}

describe('an hour that is over', () => {
  it('is in the archive as its lines stood, for zcat to read, in less than 18 % of their size', async () => {
    const text = story(2_000, NOON)
    await keep(text, NOON)
    await keep('{"late":1}', NOON + HOUR_MS)

    const archived = await archiveHour({ folder, db: rig.db })

    expect(zcat('2026-11-27T12.ndjson.gz')).toBe(`${text}\n`)
    const bytes = readFileSync(join(folder, '2026-11-27T12.ndjson.gz'))
    expect(await rig.db.read.archive.findMany()).toMatchObject([
      { name: '2026-11-27T12', lines: 12_000, sha256: createHash('sha256').update(bytes).digest('hex') },
    ])
    expect(archived).toMatchObject({ rawBytes: text.length + 1, bytes: bytes.length })
    expect(bytes.length / (archived?.rawBytes ?? 0)).toBeLessThan(0.18)
    expect(await archiveHour({ folder, db: rig.db })).toBeNull()
  })

  it('ends though no line has come since', async () => {
    await keep('one', NOON)
    await rig.db.write((tx) => endHour(tx, { at: NOON + HOUR_MS, partBytes: 1e9 }))
    await rig.db.write((tx) => endHour(tx, { at: NOON + 2 * HOUR_MS, partBytes: 1e9 }))

    await archiveAll()

    expect(readdirSync(folder)).toEqual(['2026-11-27T12.ndjson.gz'])
    expect(await rig.db.read.hour.findMany()).toMatchObject([{ lines: 1 }, { name: '2026-11-27T14', lines: 0 }])
  })

  it('is whole though a process was killed over it', async () => {
    await keep('one\ntwo', NOON)
    await keep('three', NOON + HOUR_MS)
    await archiveHour({ folder, db: { ...rig.db, write: () => Promise.reject(new Error('killed')) } }).catch(() => {})
    writeFileSync(join(folder, '2026-11-27T12.ndjson.gz'), 'half of it')
    writeFileSync(join(folder, '2026-11-27T12.ndjson.gz.1.tmp'), 'half of it')

    await archiveAll()

    expect(zcat('2026-11-27T12.ndjson.gz')).toBe('one\ntwo\n')
    expect(readdirSync(folder)).toEqual(['2026-11-27T12.ndjson.gz'])
  })

  it('has parts where it is busy, and where the clock came back to it', async () => {
    for (const text of ['one', 'two']) await keep(`${text} ${'x'.repeat(100)}`, NOON, 100)
    await keep('three', NOON + HOUR_MS)
    await keep('four', NOON)
    await keep('five', NOON + HOUR_MS)

    await archiveAll()

    const names = readdirSync(folder).sort()
    expect(names).toHaveLength(4)
    expect(names.map((name) => zcat(name).split(/[ \n]/)[0]).sort()).toEqual(['four', 'one', 'three', 'two'])
  })
})

describe('lines that are old, or too many', () => {
  it('go hour by hour, the oldest first, once they are in the archive and not before', async () => {
    for (const hour of [0, 1, 2]) await keep(story(100, NOON), NOON + hour * HOUR_MS)
    const hours = async () => (await rig.db.read.hour.findMany()).map(({ name }) => name.slice(-2))
    const lines = () => rig.db.read.line.count()

    await forget({ maxBytes: 1, days: 7 }, NOON)
    expect(await lines()).toBe(1_800)

    await archiveHour({ folder, db: rig.db })
    await forget({ maxBytes: 1, days: 7 }, NOON)
    expect([await lines(), await hours()]).toEqual([1_200, ['13', '14']])

    await archiveAll()
    await forget({ maxBytes: 1e9, days: 7 }, NOON + 7 * DAY_MS)
    expect(await lines()).toBe(1_200)
    await forget({ maxBytes: 1e9, days: 7 }, NOON + 7 * DAY_MS + 3 * HOUR_MS)
    expect([await lines(), await hours()]).toEqual([600, ['14']])
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('are counted as what they take on disk, more or less', async () => {
    const before = await pages()
    await keep(story(3_000, NOON), NOON)

    const [hour] = await rig.db.read.hour.findMany()
    const told = Number(hour?.bytes) + 200 * (hour?.lines ?? 0)
    expect(((await pages()) - before) / told).toBeGreaterThan(0.8)
    expect(((await pages()) - before) / told).toBeLessThan(1.2)
  })

  it('leave the archive in their time', async () => {
    await keep('one', NOON)
    await keep('two', NOON + HOUR_MS)
    await archiveAll()
    const kept = { maxBytes: 1, days: 1, archiveDays: 90 }
    expect(await forgetArchive(folder, rig.db, kept)).toBe(false)

    await forget(kept, NOON)
    await rig.db.write((tx) => tx.archive.updateMany({ data: { at: Date.now() - 91 * DAY_MS } }))

    expect(await forgetArchive(folder, rig.db, kept)).toBe(true)
    expect([readdirSync(folder), await rig.db.read.archive.count()]).toEqual([[], 0])
  })
})

/** Bytes of the file that hold something. */
async function pages(): Promise<number> {
  const [row] = await rig.db.read.$queryRaw<{ bytes: number }[]>`
    SELECT (page_count - freelist_count) * page_size AS bytes
    FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`
  return row?.bytes ?? 0
}
