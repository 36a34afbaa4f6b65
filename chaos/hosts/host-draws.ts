import type { Draw } from '../outside-draws.ts'
import type { Random } from '../random.ts'
import type { HostDeed } from './host-deed.ts'
import { type AppName, appNames, type HostName, places, redisNames } from './host-names.ts'
import { redisPorts } from './redis-nodes.ts'

const CUT_MAX_MS = 30_000
const LOSS_MAX_MS = 12_000
const skews = [10_000, 600_000] // ms
const programsOfApp = ['order', 'inventory', 'payment', 'notification']
const losable = ['app-1', 'app-2', 'redis-1', 'redis-2', 'redis-3', 'app-1', 'app-2', 'balancer'] as const

/** How each of them is drawn. */
export const ofHosts: { [K in HostDeed['kind']]: Draw<K> } = {
  partition: {
    weight: 10,
    deed: (random) => {
      const one = random.pick(places)
      const other = random.pick(places.filter((place) => place !== one))
      return {
        kind: 'partition',
        between: [one, other],
        isOneWay: random.chance(0.25),
        forMs: random.between(1_000, CUT_MAX_MS),
      }
    },
  },
  'host loss': {
    weight: 4,
    deed: (random) => ({ kind: 'host loss', host: random.pick(losable), forMs: random.between(1_000, LOSS_MAX_MS) }),
  },
  promotion: { weight: 2, deed: (random) => ({ kind: 'promotion', forMs: random.between(1_000, LOSS_MAX_MS) }) },
  'standby loss': {
    weight: 1,
    deed: (random) => ({ kind: 'standby loss', forMs: random.between(1_000, LOSS_MAX_MS) }),
  },
  'redis failover': {
    weight: 3,
    deed: (random) => ({ kind: 'redis failover', host: random.pick(redisNames), port: random.pick(redisPorts) }),
  },
  'redis flush': { weight: 2, deed: () => ({ kind: 'redis flush' }) },
  skew: {
    weight: 5,
    deed: (random) => ({
      kind: 'skew',
      host: random.pick(appNames),
      byMs: random.pick(skews) * random.pick([-1, 1]),
      forMs: random.between(3_000, CUT_MAX_MS),
    }),
  },
  'kill there': { weight: 8, deed: (random) => ({ kind: 'kill there', ...victim(random) }) },
  'freeze there': {
    weight: 4,
    deed: (random) => ({
      kind: 'freeze there',
      host: random.pick(appNames),
      program: random.pick(programsOfApp),
      forMs: random.between(200, 5_000),
    }),
  },
}

function victim(random: Random): { host: HostName; program: string } {
  if (random.chance(0.6))
    return { host: random.pick<AppName>(appNames), program: random.pick([...programsOfApp, 'launcher']) }
  if (random.chance(0.4)) return { host: random.pick(redisNames), program: `redis-${random.pick(redisPorts)}` }
  if (random.chance(0.2)) return { host: 'balancer', program: 'nginx' }
  return { host: random.pick(['postgres-1', 'postgres-2'] as const), program: random.pick(['postgres', 'a backend']) }
}
