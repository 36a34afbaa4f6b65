import { describe, expect, it } from '@jest/globals'
import { failureOf } from '../../services/logs/fingerprint.ts'
import { parseLines } from '../../services/logs/line.ts'
import { sumUp } from '../../services/logs/sum-up.ts'
import { addTimes, noteTime, type Times, textOf, timesIn, toldOf } from '../../services/logs/times.ts'
import { type Said, useLogBed } from '../log-bed.ts'

const MINUTE = 60_000
const AT = Date.UTC(2026, 10, 27, 12)
const said = (service: string, msg: string, more: object = {}): Said => ({ service, msg, time: AT, ...more })
const bed = useLogBed()
const sums = () => sumUp(bed.read, { since: AT, until: AT + 2 * MINUTE })

describe('what lines add up to', () => {
  it('is counted by the minute, service, words and level, batch after batch', async () => {
    await bed.tell(said('payment', 'payment.captured', { ms: 10 }), said('payment', 'payment.captured', { ms: 20 }))
    await bed.tell(said('payment', 'payment.captured', { ms: 900 }), said('order', 'retrying', { level: 40 }))
    await bed.tell(said('order', 'http.failed', { level: 50, time: AT + MINUTE }))

    const { perMinute, services, facts, ...all } = await sums()

    expect(all).toEqual({ lines: 5, warnings: 1, errors: 1 })
    expect(perMinute.map(({ lines }) => lines)).toEqual([4, 1, 0])
    expect(services).toMatchObject([
      { service: 'payment', lines: 3 },
      { service: 'order', lines: 2, warnings: 1, errors: 1 },
    ])
    expect(facts[0]).toEqual({
      ...{ service: 'payment', msg: 'payment.captured', level: 30, count: 3 },
      ms: { count: 3, p50: 20, p95: 903, p99: 903, max: 903 },
    })
  })

  it('counts a line once, whatever comes twice', async () => {
    const lines = bed.write([said('order', 'order.placed', { order: 'OL-1000001', ms: 5 }), said('order', 'retrying')])

    await bed.keep(lines)
    await bed.keep([...lines, ...bed.write([said('order', 'order.placed', { order: 'OL-1000002', ms: 7 })])])

    const { facts } = await sums()
    expect(facts.map(({ msg, count, ms }) => [msg, count, ms?.count])).toEqual([
      ['order.placed', 2, 2],
      ['retrying', 1, undefined],
    ])
  })

  it('has no kinds of what is not in our words, and keeps what a line says of its time and level in bounds', async () => {
    await bed.tell(
      said('', 'Killed: out of memory'),
      said('order', 'x'.repeat(90)),
      said('order', 'odd', { level: 999 }),
    )
    await bed.keep(['no JSON at all', '{"service":"order","msg":"late","time":9007199254740991}'])

    const { facts } = await sums()

    expect(facts.map(({ service, msg, level }) => `${service} ${msg} ${level}`).sort()).toEqual([
      'order odd 60',
      'order other 30',
      'other other 30',
    ])
  })
})

describe('times', () => {
  const timesOf = (...all: number[]) => {
    const times: Times = new Map()
    for (const ms of all) noteTime(times, ms)
    return times
  }

  it('are told to 1 %, however they were put together', () => {
    const all = Array.from({ length: 2_000 }, (_, i) => i * 7)
    const parts = [timesOf(...all.slice(0, 500)), timesOf(...all.slice(500))]
    const sum: Times = new Map()
    for (const part of parts) addTimes(sum, timesIn(textOf(part)))

    const told = toldOf(sum)

    expect(told).toEqual(toldOf(timesOf(...all)))
    for (const [ms, wanted] of [
      [told?.p50, 7_000],
      [told?.p95, 13_300],
      [told?.max, 13_993],
    ] as const)
      expect(Math.abs((ms ?? 0) / wanted - 1)).toBeLessThan(0.01)
  })

  it('of nothing are nothing, and longer than a day is a day', () => {
    expect(toldOf(timesOf())).toBeNull()
    expect(toldOf(timesOf(1e15))?.max).toBeLessThan(24.3 * 3_600_000)
  })
})

describe('a kind of error', () => {
  const kindOf = (line: object) => failureOf(parseLines(JSON.stringify(line), { inode: '1', from: 0 }, 0)[0] ?? NONE)
  const refused = (port: number, at: string) => ({
    ...{ level: 50, service: 'payment', msg: 'trouble.began' },
    err: {
      type: 'Error',
      message: `connect ECONNREFUSED 127.0.0.1:${port} for order OL-100${port}`,
      stack: stackAt(at),
    },
  })

  it('is the same whatever number, id or quoted text it names, and in whatever line of its file', () => {
    const one = kindOf(refused(4_001, '10:3'))

    expect(one).toMatchObject({
      words: 'Error: connect ECONNREFUSED … for order …',
      place: 'charge (services/payment/gateway)',
    })
    expect(kindOf(refused(4_002, '99:1'))).toEqual(one)
  })

  it.each([
    ['another service', { ...refused(1, '1:1'), service: 'order' }],
    ['other words', { ...refused(1, '1:1'), err: { ...refused(1, '1:1').err, message: 'socket hang up' } }],
    ['another place', { ...refused(1, '1:1'), err: { ...refused(1, '1:1').err, stack: stackAt('1:1', 'refund') } }],
  ])('is another one with %s', (_what, line) => {
    expect(kindOf(line)?.fingerprint).not.toBe(kindOf(refused(1, '1:1'))?.fingerprint)
  })

  it('is told by a reason where there is no error, and is none below level 50 without one', () => {
    expect(kindOf({ level: 50, service: 'a', msg: 'b', reason: `it's "gone" since 5 s` })?.words).toBe(
      `it's … since … s`,
    )
    expect(kindOf({ level: 40, service: 'a', msg: 'b', reason: 'c' })).toBeNull()
  })
})

const NONE = {
  run: '',
  n: 0,
  at: 0,
  level: 0,
  service: '',
  msg: '',
  subject: null,
  order: null,
  text: '',
  ms: null,
  fields: {},
}

function stackAt(at: string, name = 'charge'): string {
  const own = `    at async ${name} (file:///app/dist/services/payment/gateway.js:${at})`
  return [
    'Error: x',
    '    at Socket.emit (node:events:1:1)',
    '    at x (/app/node_modules/a/services/b.js:1:1)',
    own,
  ].join('\n')
}
