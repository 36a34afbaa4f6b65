import { describe, expect, it } from '@jest/globals'
import { lastOf, meanOf } from '../../services/control/public/js/chart-path.js'
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
  it('shows the last ten seconds: what is older is not how it is now', () => {
    expect(lastOf([50, ...Array(10).fill(null)])).toBeNull()
    expect(lastOf([50, 60, null])).toBe(60)
    expect(meanOf([100, 100, ...Array(9).fill(0), 10])).toBe(1)
  })
})

/** @type {Session} */
const session = {
  ...{ isDemo: true, hasMailbox: true, services: ['order', 'payment'], routes: [], states: [] },
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
  ...{ t: AT / 1_000 + ago, placed, paid: 0, p50Ms: null, p95Ms: null },
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
