import { describe, expect, it } from '@jest/globals'
import { meanOf } from '../../services/control/public/js/chart-path.js'
import { heightOf, lastIn } from '../../services/control/public/js/log-scale.js'
import { placesOf } from '../../services/control/public/js/mark-places.js'
import { mergePicture } from '../../services/control/public/js/merge-picture.js'
import { standingOfProcess, standingOfService } from '../../services/control/public/js/standing.js'

/** @import { Queue, Scene, Snapshot } from '../../services/control/room/snapshot.ts' */
/** @import { Session } from '../../services/control/session-answer.ts' */
/** @import { Known } from '../../services/control/public/js/room-store.js' */

const AT = 1_795_000_000_000

describe('what a room is told', () => {
  it('is put together: what has not changed is not told again', () => {
    const first = mergePicture(null, told({ isFirst: true, queues: [queue()], log: news('a', 'b') }))

    const next = mergePicture(first, told({ at: AT + 500, log: news('c') }))

    expect(next.lists).toBe(first.lists)
    expect(next.listsAt).toBe(AT + 500)
    expect(next.lines.map(({ text }) => text)).toEqual(['a', 'b', 'c'])
    expect(new Set(next.lines.map(({ key }) => key)).size).toBe(3)
  })

  it('begins anew with each stream, but forgets nothing of what has become unknown', () => {
    const verdict = { at: AT, tookMs: 1, isAtRest: true, accepted: 1, final: 1, lost: 0, oversold: 0, doubleCharged: 0 }
    const before = mergePicture(null, told({ queues: [queue()], audit: { ...verdict, others: [] }, log: news('a') }))

    const next = mergePicture(
      before,
      told({ at: AT + 9_000, isFirst: true, queues: null, audit: null, log: news('b') }),
    )

    expect(next.lines.map(({ text }) => text)).toEqual(['b'])
    expect(next.audit).toBe(before.audit)
    expect([next.isRedisAway, next.lists, next.listsAt]).toEqual([true, before.lists, AT])
  })

  it('has a point for each second, and none of those in which order told nothing', () => {
    const first = mergePicture(null, told({ chart: [point(-5, 3)] }))
    const away = mergePicture(first, told({ at: AT + 60_000, orderAway: { knownAt: AT } }))

    expect(first.chart).toHaveLength(180)
    expect(first.chart.filter(({ placed }) => placed > 0)).toEqual([point(-5, 3)])
    expect(away.chart).toEqual(first.chart)
  })

  it('has what was measured at the hops up to this second, and goes on with the clock when nothing is', () => {
    const spread = { p50: 1, p95: 2, p99: 3 }
    const hop = { t: AT / 1_000, hops: { payment: { wait: spread, work: null } } }
    const first = mergePicture(null, told({ hops: [hop] }))
    const next = mergePicture(first, told({ at: AT + 2_000 }))

    expect(first.hops).toHaveLength(180)
    expect(first.hops.at(-1)).toEqual(hop)
    expect(next.hops.at(-3)).toEqual(hop)
  })
})

describe('a lamp', () => {
  it('is green where work is done', () => {
    expect(standing({})).toMatchObject({ look: 'up', perS: 12 })
  })

  it('is out while nothing is heard, or Redis does not tell', () => {
    expect(standing({ staleMs: 4_000 })).toEqual({ look: 'unknown', key: 'standing.unknownFor', ms: 4_000 })
    const before = mergePicture(null, told({ queues: [queue()] }))
    const picture = mergePicture(before, told({ at: AT + 2_000, queues: null }))
    expect(standingOfService('payment', { ...LIVE, picture }, session)).toMatchObject({ look: 'unknown', ms: 2_000 })
  })

  it('warns where a service is paused, and says since when', () => {
    const paused = { ...queue(), pausedAt: AT - 4_000 }
    expect(standing({ queues: [paused] })).toEqual({ look: 'warn', key: 'standing.paused', ms: 4_000 })
  })

  it('is red without a worker, and says why as far as that is known', () => {
    const dead = queue({ isLive: false, beatAgeMs: 5_000 })
    expect(standing({ queues: [dead] })).toEqual({ look: 'down', key: 'standing.noWorkerFor', ms: 5_000 })
    expect(standing({ queues: [dead], scene: scene('stopped') })).toEqual({ look: 'down', key: 'standing.stopped' })
    expect(standing({ queues: [dead], scene: scene('waiting') })).toEqual({ look: 'down', key: 'process.waiting' })
  })

  it('warns where the outside that a service needs is in trouble', () => {
    const trouble = scene('up', 'loses')
    expect(standing({ scene: trouble })).toMatchObject({ look: 'warn', outside: { trouble: 'mode.loses' } })
    const known = { ...LIVE, picture: mergePicture(null, told({ scene: trouble })) }
    expect(standingOfProcess('payment-gateway', known, session)).toEqual({ look: 'warn', key: 'mode.loses' })
    expect(standingOfProcess('payment', known, session)).toEqual({ look: 'up', key: 'process.up' })
  })

  it('warns where any of several that a service needs is in trouble', () => {
    const second = { name: 'bank', process: 'bank', service: /** @type {const} */ ('payment'), modes: ['well', 'down'] }
    const faults = session.faults && { ...session.faults, simulators: [...session.faults.simulators, second] }
    const both = { ...scene('up'), modes: { gateway: 'well', bank: 'down' } }
    const known = { ...LIVE, picture: mergePicture(null, told({ queues: [queue()], scene: both })) }

    expect(standingOfService('payment', known, { ...session, faults })).toMatchObject({
      look: 'warn',
      outside: { process: 'bank', trouble: 'mode.down' },
    })
  })
})

describe('a legend', () => {
  it('of a rate shows the last ten seconds: what is older is not how it is now', () => {
    expect(meanOf([100, 100, ...Array(9).fill(0), 10])).toBe(1)
  })

  it('of a span shows the last one that there was, and how old that is', () => {
    expect(lastIn([null, null])).toBeNull()
    expect(lastIn([50, 60, null])).toEqual({ value: 60, ageS: 1 })
    expect(lastIn([50, ...Array(10).fill(null)])).toEqual({ value: 50, ageS: 10 })
  })
})

describe('a scale of spans', () => {
  it('is by tens: one outlier flattens no others', () => {
    expect([1, 10, 100, 100_000].map(heightOf)).toEqual([0, 0.2, 0.4, 1])
    expect(heightOf(10_000_000)).toBe(1)
    expect(heightOf(0)).toBe(0)
    expect(heightOf(null)).toBeNull()
  })
})

describe('marks', () => {
  const over = { from: AT / 1_000, seconds: 101 }
  const mark = (/** @type {number} */ s) => ({ at: AT + s * 1_000, what: 'kill', name: 'payment' })

  it('stand at their time, and nowhere when that is not shown any more', () => {
    expect(placesOf([mark(-1), mark(0), mark(50), mark(100)], over).map(({ share }) => share)).toEqual([0, 0.5, 1])
  })

  it('have their names in rows where they would cover each other, the newest first, and none where no row is free', () => {
    expect(placesOf([mark(0), mark(5), mark(10), mark(31)], over).map(({ row }) => row)).toEqual([0, 2, 1, 0])
    expect(placesOf([mark(60), mark(90)], over)).toMatchObject([
      { row: 1, side: 'right' },
      { row: 0, side: 'left' }, // it reaches back over the one before
    ])
    expect(placesOf(Array(7).fill(mark(1)), over).map(({ row }) => row)).toEqual([null, null, 4, 3, 2, 1, 0])
  })
})

/** @type {Session} */
const session = {
  ...{
    isDemo: true,
    hasMailbox: true,
    services: ['order', 'payment'],
    main: ['order', 'payment'],
    routes: [],
    states: [],
  },
  faults: {
    counts: [1],
    unstoppable: [],
    phonesUrl: null,
    simulators: [{ name: 'gateway', process: 'payment-gateway', service: 'payment', modes: ['well', 'loses'] }],
  },
}

/** @type {Pick<Known, 'link' | 'staleMs' | 'wish'>} */
const LIVE = { link: 'live', staleMs: null, wish: { log: '', state: null } }

/** @param {Partial<Snapshot>} parts @returns {Snapshot} */
const told = (parts) => ({ at: AT, chart: [], ...parts })
/** @param {string[]} lines */
const news = (...lines) => ({ lines, skipped: 0 })
const point = (/** @type {number} */ ago, /** @type {number} */ placed) => ({
  ...{ t: AT / 1_000 + ago, placed, paid: 0, p50Ms: null, p95Ms: null, p99Ms: null },
})

/** How payment stands. @param {Partial<Snapshot> & { staleMs?: number }} of */
function standing({ staleMs, ...parts }) {
  const picture = mergePicture(null, told({ queues: [queue()], scene: scene('up'), ...parts }))
  return standingOfService('payment', { ...LIVE, staleMs: staleMs ?? null, picture }, session)
}

/** @param {Partial<Queue['workers'][number]>} worker @returns {Queue} */
function queue(worker = {}) {
  const counts = {
    waiting: 0,
    oldestAgeMs: null,
    inFlight: 0,
    retrying: 0,
    isCountCapped: false,
    pausedAt: null,
    trouble: null,
    dead: 0,
  }
  const beat = { id: 'w', isLive: true, beatAgeMs: 10, upMs: 10, handled: 0, retried: 0, buried: 0, inFlight: 0 }
  return { service: 'payment', ...counts, workers: [{ ...beat, ...worker }], handledPerS: { w: 12 } }
}

/** @param {string} state @returns {Scene} */
function scene(state, mode = 'well') {
  const processes = [
    { name: 'payment', state },
    { name: 'payment-gateway', state: 'up' },
  ]
  return { processes, modes: { gateway: mode }, burst: null, crowd: null }
}
