import { expect, it } from '@jest/globals'
import { forgetRuns } from '../../services/logs/forget-lines.ts'
import { createHoleTeller } from '../../services/logs/tell-holes.ts'
import { useLogBed } from '../log-bed.ts'

const bed = useLogBed()
const linesTo = (last: number) => bed.write(Array.from({ length: last }, () => ({ ...about, time: Date.now() })))
const about = { service: 'payment', msg: 'payment.captured' }
const gaps = () => bed.read.gap.findMany({ orderBy: { id: 'asc' } })

/** Looks every ten seconds, for so long. */
function looking() {
  let now = 0
  const look = createHoleTeller({ db: bed.db, log: bed.log, now: () => now })
  return async (seconds: number) => {
    for (let end = now + 1_000 * seconds; now < end; now += 10_000) await look()
  }
}

it('numbers that stay away for a minute are told as a gap by themselves, once', async () => {
  const look = looking()
  const [one = '', , , four = '', five = ''] = linesTo(5)
  await bed.keep([one, four, five])

  await look(60)
  expect(bed.told).toEqual([])
  await look(120)

  expect(await gaps()).toMatchObject([
    { id: 'runs', file: 'payment', inode: 'runs', reason: expect.stringMatching(/5.*2/) },
  ])
  expect(bed.told).toMatchObject([{ level: 40, msg: 'log.gap', id: 'runs' }])
})

it('more of them are told again, and what comes after all takes the gap away', async () => {
  const look = looking()
  const [one = '', two = '', three = '', four = '', five = ''] = linesTo(5)
  await bed.keep([one, three])
  await look(80)
  await bed.keep([five])
  await look(80)
  const told = bed.told.map(({ msg, to }) => [msg, to])
  await bed.keep([two, four])
  await look(80)
  await bed.db.write((tx) => forgetRuns({ archiveDays: 90, days: 7, maxBytes: 1e9 })(tx, Date.now(), 10))

  expect(told).toEqual([
    ['log.gap', 1],
    ['log.gap', 2],
  ])
  expect(bed.told).toHaveLength(2)
  expect(await gaps()).toEqual([])
})

it('a number that comes within the minute is no gap, nor is one that may be in a batch on its way', async () => {
  const look = looking()
  const [one = '', two = '', three = '', four = '', five = ''] = linesTo(5)
  await bed.keep([one, three])
  await look(50)
  await bed.keep([two, five])
  await look(50)
  await bed.db.write((tx) => tx.outbox.create({ data: owed }))

  await look(120)
  expect(bed.told).toEqual([])
  await bed.keep([four])
  await bed.db.write((tx) => tx.$executeRaw`DELETE FROM "Outbox"`)
  await look(120)

  expect(bed.told).toEqual([])
  expect(await gaps()).toEqual([])
})

const owed = { event: 1, queue: 'logs', attempt: 1, stamp: 1, pushes: 1, crashes: 0, enqueuedAt: 1 }

it('a gap that numbers tell of is forgotten when its run is, and not before', async () => {
  const look = looking()
  const [one = '', , three = ''] = linesTo(3)
  await bed.keep([one, three])
  await look(80)
  const forget = (now: number) =>
    bed.db.write((tx) => forgetRuns({ archiveDays: 1, days: 1, maxBytes: 1e9 })(tx, now, 10))

  const later = Date.now() + 2 * 24 * 3_600_000
  await bed.db.write((tx) => tx.$executeRaw`UPDATE "Run" SET "lastAt" = ${later}`)
  await forget(later)
  expect(await gaps()).toHaveLength(1)
  const muchLater = 2 * later
  await forget(muchLater) // the run goes
  await forget(muchLater)

  expect(await gaps()).toEqual([])
})

it('who has said nothing for longer than anything is kept has no gap, and is forgotten once it was started again', async () => {
  const look = looking()
  const [one = '', two = '', three = ''] = linesTo(3)
  await bed.keep([one, two])
  const later = Date.now() + 2 * 24 * 3_600_000
  const forget = () => bed.db.write((tx) => forgetRuns({ archiveDays: 1, days: 1, maxBytes: 1e9 })(tx, later, 10))

  await forget()
  await bed.keep([three])
  await look(120)
  const told = [...bed.told]
  await bed.keep([three.replace('"runs","n":3', '"again","n":1').replace(/"time":\d+/, `"time":${later}`)])
  await forget()

  expect(told).toEqual([])
  expect(await bed.read.run.findMany()).toMatchObject([{ run: 'again', lines: 1n }])
})
