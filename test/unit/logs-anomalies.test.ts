import { describe, expect, it } from '@jest/globals'
import { anomaliesSince } from '../../services/logs/anomalies.ts'
import { kindOf, usualOf, withDemand } from '../../services/logs/anomaly.ts'
import { wordsFor } from '../../services/logs/anomaly-words.ts'
import { createJudge } from '../../services/logs/find-anomalies.ts'
import { type Said, useLogBed } from '../log-bed.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 10, 27, 12)

const bed = useLogBed()
const times = (count: number, service: string, msg: string, at: number, level = 30): Said[] =>
  Array.from({ length: count }, (_, i) => ({ service, msg, time: at + i, level }))
/** Minutes as they usually are: twenty orders, and three to nine that are declined. */
const usual = (at: number, i: number) => [
  ...times(20, 'order', 'order.placed', at),
  ...times(3 + (i % 7), 'payment', 'payment.declined', at),
]
async function liveThrough(
  from: number,
  minutes: number,
  more: (at: number, i: number) => Said[] = usual,
): Promise<void> {
  await bed.tell(...Array.from({ length: minutes }, (_, i) => more(from + i * MINUTE, i)).flat())
}
/** Judges what is over at a time, as the loop does; a line of that time shows that all before it are here. */
async function judgeAt(judge: () => Promise<void>, clock: { now: number }, at: number): Promise<void> {
  clock.now = at + 10_000
  await bed.tell({ service: 'order', msg: 'order.placed', time: at + 9_000 })
  await judge()
}
const seen = async () => (await anomaliesSince(bed.read, 0)).map((one) => [wordsFor(one, 'en'), one.until] as const)

describe('a minute', () => {
  it.each([
    [41, { low: 3, high: 9 }, 'more'],
    [15, { low: 3, high: 9 }, null],
    [9, { low: 0, high: 0 }, null],
    [10, { low: 0, high: 0 }, 'more'],
    [1_100, { low: 900, high: 1_000 }, null],
    [0, { low: 60, high: 80 }, 'less'],
    [40, { low: 60, high: 80 }, null],
    [0, { low: 9, high: 20 }, null],
  ])('with %i, where %j is usual, is %s', (count, of, kind) => {
    expect(kindOf(count, of)).toBe(kind)
  })

  it('is compared with what nine of ten minutes had', () => {
    expect(usualOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99])).toEqual({ low: 1, high: 9 })
    expect(usualOf([])).toEqual({ low: 0, high: 0 })
  })

  it('in which more orders come has more of all that follows from them', () => {
    expect(withDemand({ low: 3, high: 9 }, [200, 20], { low: 20, high: 20 })).toEqual({ low: 3, high: 90 })
    expect(withDemand({ low: 3, high: 9 }, [20, 5], { low: 20, high: 20 })).toEqual({ low: 0, high: 9 })
  })
})

describe('anomalies', () => {
  it('are told once when they begin and once when they are over, in words', async () => {
    const clock = { now: 0 }
    const judge = createJudge({ db: bed.db, log: bed.log, now: () => clock.now })
    await liveThrough(NOON - DAY - HOUR / 2, 60)
    await bed.tell(...times(20, 'order', 'order.placed', NOON), ...times(41, 'payment', 'payment.declined', NOON))

    await judgeAt(judge, clock, NOON + MINUTE)
    await judge()
    expect(await seen()).toEqual([['payment.declined 41/min, usually 3 to 9 at this hour', null]])

    await bed.tell(...times(20, 'order', 'order.placed', NOON + MINUTE))
    await bed.tell(...times(45, 'payment', 'payment.declined', NOON + MINUTE))
    await judgeAt(judge, clock, NOON + 2 * MINUTE)
    expect(await seen()).toEqual([['payment.declined 45/min, usually 3 to 9 at this hour', null]])

    await liveThrough(NOON + 2 * MINUTE, 6)
    await judgeAt(judge, clock, NOON + 8 * MINUTE)

    expect(await seen()).toEqual([[expect.stringContaining('payment.declined 45/min'), NOON + 2 * MINUTE]])
    expect(bed.told.map(({ msg, says }) => [msg, says])).toEqual([
      ['anomaly.began', 'payment.declined'],
      ['anomaly.over', 'payment.declined'],
    ])
  })

  it('are no matter of how many orders come', async () => {
    const clock = { now: 0 }
    const judge = createJudge({ db: bed.db, log: bed.log, now: () => clock.now })
    await liveThrough(NOON - 2 * HOUR, 110)
    await bed.tell(...times(200, 'order', 'order.placed', NOON), ...times(80, 'payment', 'payment.declined', NOON))

    await judgeAt(judge, clock, NOON + MINUTE)

    expect(await seen()).toEqual([['order.placed 200/min, usually 20 in the last three hours', null]])
  })

  it('are also what is told no more, and a warning that was never told', async () => {
    const clock = { now: 0 }
    const judge = createJudge({ db: bed.db, log: bed.log, now: () => clock.now })
    const busy = (at: number) => [
      ...times(20, 'order', 'order.placed', at),
      ...times(60, 'notification', 'mail.sent', at),
    ]
    await liveThrough(NOON - 2 * HOUR, 120, busy)
    await bed.tell(...times(20, 'order', 'order.placed', NOON), ...times(1, 'notification', 'smtp.away', NOON, 40))

    await judgeAt(judge, clock, NOON + MINUTE)

    expect((await seen()).map(([words]) => words).sort()).toEqual([
      'mail.sent 0/min, usually 60 in the last three hours',
      'smtp.away 1/min, not told once in the seven days before',
    ])
  })

  it('are warnings that have not been told for a week, however long we have been up', async () => {
    const clock = { now: 0 }
    const judge = createJudge({ db: bed.db, log: bed.log, now: () => clock.now })
    for (const at of [NOON - 9 * DAY, NOON]) {
      await liveThrough(at - 2 * HOUR, 130)
      await bed.tell(...times(1, 'notification', 'smtp.away', at, 40))
      await judgeAt(judge, clock, at + MINUTE)
      await judgeAt(judge, clock, at + 8 * MINUTE)
    }

    expect(await seen()).toEqual([
      ['smtp.away 1/min, not told once in the seven days before', NOON + MINUTE],
      ['smtp.away 1/min, not told once in the seven days before', NOON - 9 * DAY + MINUTE],
    ])
  })

  it('are not sought in a log that has just begun, nor before the lines of a minute are here', async () => {
    const clock = { now: NOON + 10 * MINUTE }
    const judge = createJudge({ db: bed.db, log: bed.log, now: () => clock.now })
    await bed.tell(...times(500, 'notification', 'smtp.away', NOON, 40))

    await judge()
    await judgeAt(judge, clock, NOON + MINUTE)

    expect(await seen()).toEqual([])
  })

  it('are said in Chinese, too', () => {
    const one = {
      service: 'payment',
      msg: 'payment.declined',
      kind: 'more' as const,
      perMinute: 41,
      usualLow: 3,
      usualHigh: 9,
    }
    const whole = { ...one, minutes: 60, basis: 'hour' as const, since: 0, lastAt: 0, until: null }

    expect(wordsFor(whole, 'zh')).toBe('payment.declined 每分钟 41 次，平日此时段通常为 3 至 9 次')
  })
})
