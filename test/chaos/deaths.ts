import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { type CrashPoint, dieAt, diedMark } from '../../chaos/crash-points.ts'
import type { Engine } from '../../chaos/engines.ts'
import type { ChaosReport } from '../../chaos/run-chaos.ts'
import { crowdedSale, type SaleWish } from '../../chaos/sale-wishes.ts'
import { eventNames, services } from '../../shared/routes.ts'
import { isNews, sendersOf } from '../../shared/senders.ts'
import { FIRST_ATTEMPTS_FAIL, HOURS_ARE_SHORT, points } from './crash-edits.ts'
import { shortRun } from './runs.ts'

const PASS = 2
const SIGN_UP_SHARE = 0.2 // accounts has nothing to do but for those who sign up
// And sale but for those who join; it draws lots only so often. Prices change, so that those who wait for that are looked for.
const DRAW: SaleWish = { ...crowdedSale(40, 4), order: 'draw', drawsInMs: 3_000 }
const LIVE = { readers: 2, sleepers: 0, alerts: 0 }
const SALES = { first: [DRAW, DRAW, DRAW], beside: 1 }
const TOGETHER_MAX = 5 // a message that goes down with its worker six times is given up
const stations = services.filter((service) => service !== 'webhooks') // which stands beside the pipeline, and idle here

const isOfRequeue = ({ name }: CrashPoint) => name.endsWith('requeue')
const runs = [
  { points: points.filter(isOfRequeue), edits: [FIRST_ATTEMPTS_FAIL] },
  ...inGroups(points.filter((point) => !isOfRequeue(point))).map((points) => ({ points, edits: [] })),
]

const ofSenders = new Set(['window', 'settle'].map((name) => `dist/shared/protocol/${name}.js`))
const own = eventNames.filter((event) => !isNews(event)) // of its messages live has none to tell: all can be handled
const senders = stations.filter((service) => own.some((event) => sendersOf(event).includes(service)))
const servicesPassing = ({ file }: CrashPoint) => {
  const owner = stations.find((service) => file.startsWith(`dist/services/${service}/`))
  if (owner !== undefined) return [owner]
  return ofSenders.has(file) ? senders : stations
}
const deathsAt = (points: CrashPoint[]) =>
  stations.map((service) => [service, points.filter((point) => servicesPassing(point).includes(service)).length])
const marksOf = (points: CrashPoint[]) =>
  points.flatMap((point) => servicesPassing(point).map((service) => diedMark(service, point)))

/** Lets every service of a shop on these engines die at every crash point, and judges what becomes of it. */
export function describeDeaths(engines: readonly Engine[]): void {
  describe.each(runs)('at one point after the other', ({ points, edits }) => {
    let report: ChaosReport
    let files: string[]
    beforeAll(async () => {
      const deaths = points.map((point) => dieAt(point, stations, PASS))
      const isEnough = (dataDir: string) => marksOf(points).every((mark) => existsSync(join(dataDir, mark)))
      const crowd = { ...paceOn(engines), signUpShare: SIGN_UP_SHARE, sale: SALES, live: LIVE }
      const plan = { ...crowd, engines, edits: [...edits, ...HOURS_ARE_SHORT, ...deaths], isEnough }
      report = await shortRun(plan, ({ plan: { dataDir } }) => {
        files = readdirSync(dataDir)
      })
    }, 500_000)

    it.each(points)('$name loses nothing and does nothing twice', (point) => {
      const died = stations.filter((service) => files.includes(diedMark(service, point)))

      expect(died).toEqual(servicesPassing(point))
      expect(Object.fromEntries(report.log.deaths)).toEqual(Object.fromEntries(deathsAt(points)))
      expect(report.verdict.reasons).toEqual([])
    })
  })
}

/** A server of its own, six of Redis and a dozen programs are much for two cores: customers come less often. */
function paceOn(engines: readonly Engine[]) {
  if (engines.length === 0) return { orders: 600, durationMs: 30_000 }
  return { orders: 600, durationMs: 120_000, settleLimitMs: 150_000 }
}

function inGroups(points: CrashPoint[]): CrashPoint[][] {
  const count = Math.ceil(points.length / TOGETHER_MAX)
  return Array.from({ length: count }, (_, group) => points.filter((_point, i) => i % count === group))
}
