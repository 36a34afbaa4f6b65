import { type Service, services } from '../shared/routes.ts'
import { receiversFrom } from '../shared/ways.ts'
import { type Aim, everybody } from './aim.ts'
import { AWAY, postgresKinds } from './database-deed.ts'
import { ofDatabase } from './database-draws.ts'
import { ofCluster } from './engine-draws.ts'
import { clusterKinds, type Deed, type Fault, type Kind, keyKinds, kinds, refusables, stepped } from './fault.ts'
import { endingBy, shortened } from './fault-times.ts'
import { hostKinds } from './hosts/host-deed.ts'
import { ofHosts } from './hosts/host-draws.ts'
import { type Draw, outside } from './outside-draws.ts'
import { poisonCount } from './poison.ts'
import { type Random, seededRandom } from './random.ts'

type Plan = { durationMs: number; faultsPerMinute: number; only?: readonly Kind[]; aim?: Aim }

/**
 * What is drawn from where nothing is said. A rival is drawn only where it is asked for: beside faults that make Redis forget
 * whose queue it is, for up to a second, it does take what is not its own (docs/reliability.md). So is a gateway whose clock
 * is ahead for a while: what happens meanwhile, and no webhook tells, is looked for when that time has come. And the last ones are
 * for runs that are about what reads on, about lines, on a cluster, on PostgreSQL, and over many hosts.
 */
const unasked: readonly Kind[] = [
  ...(['rival', 'gateway ahead', 'lose database', 'rotate', AWAY] as const),
  ...clusterKinds,
  ...postgresKinds,
  ...hostKinds,
]
export const mixture = kinds.filter((kind) => !unasked.includes(kind))

/** All faults of a run, in order of time: a pure function of the seed, so that a seed replays them. */
export function scheduleFaults(
  seed: number,
  { durationMs, faultsPerMinute, only = mixture, aim = everybody }: Plan,
): Fault[] {
  const draws = drawsAt(aim)
  const random = seededRandom(seed)
  const count = Math.round((durationMs / 60_000) * faultsPerMinute)
  const times = Array.from({ length: count }, () => random.between(0, durationMs)).sort((a, b) => a - b)
  return times.map((atMs) => {
    const fault = { atMs, ...draws[drawKind(only, draws, random)].deed(random) }
    return endingBy(durationMs, shortened(fault, faultsPerMinute))
  })
}

/** One draw, whatever is wanted: the weights stay what they are among these. */
function drawKind(wanted: readonly Kind[], draws: Draws, random: Random): Kind {
  const totalWeight = wanted.reduce((sum, kind) => sum + draws[kind].weight, 0)
  let ticket = random.next() * totalWeight
  const drawn = wanted.find((kind) => {
    ticket -= draws[kind].weight
    return ticket < 0
  })
  if (drawn === undefined) throw new Error('there is no kind of fault to draw from')
  return drawn
}

const steps = [2_000, 60_000, 3_600_000, 7_200_000] // ms; a day and more is another promise: what is kept for days
const tellings = services.flatMap((service) => receiversFrom(service).map((receiver) => ({ service, receiver })))

type Draws = { [K in Deed['kind']]: Draw<K> }

// Deaths are drawn seldom: the launcher lets what dies too often wait, and what is not there cannot be hurt.
const drawsAt = ({ victims, ended, services, writers }: Aim): Draws => ({
  kill: { weight: 8, deed: (random) => ({ kind: 'kill', victim: random.pick(victims) }) },
  terminate: { weight: 2, deed: (random) => ({ kind: 'terminate', victim: random.pick(ended) }) },
  freeze: {
    weight: 9,
    deed: (random) => ({ kind: 'freeze', victim: random.pick(victims), forMs: random.between(200, 3_000) }),
  },
  flush: { weight: 6, deed: () => ({ kind: 'flush' }) },
  'cut connections': { weight: 8, deed: () => ({ kind: 'cut connections' }) },
  'old dump': { weight: 1, deed: (random) => ({ kind: 'old dump', ageMs: random.between(300, 4_000) }) },
  delete: {
    weight: 18,
    deed: (random) => ({ kind: 'delete', key: random.pick(keyKinds), ...heldOf(services, random) }),
  },
  repeat: {
    weight: 14,
    deed: (random) => ({ kind: 'repeat', ...heldOf(services, random), afterMs: random.between(0, 2_000) }),
  },
  shuffle: {
    weight: 14,
    deed: (random) => ({ kind: 'shuffle', ...heldOf(services, random), seed: random.between(1, 1_000_000) }),
  },
  poison: {
    weight: 9,
    deed: (random) => ({ kind: 'poison', service: random.pick(services), poison: random.between(0, poisonCount - 1) }),
  },
  ...outside,
  ...ofHosts,
  refusal: {
    weight: 5,
    deed: (random) => ({ kind: 'refusal', what: random.pick(refusables), forMs: random.between(300, 4_000) }),
  },
  'read-only': { weight: 3, deed: (random) => ({ kind: 'read-only', forMs: random.between(300, 4_000) }) },
  'disk full': { weight: 2, deed: (random) => ({ kind: 'disk full', forMs: random.between(500, 5_000) }) },
  'failing disk': {
    weight: 3,
    deed: (random) => ({ kind: 'failing disk', victim: random.pick(writers), forMs: random.between(300, 4_000) }),
  },
  lock: {
    weight: 3,
    deed: (random) => ({ kind: 'lock', service: random.pick(services), forMs: random.between(1_000, 10_000) }),
  },
  'clock step': {
    weight: 5,
    deed: (random) => ({
      kind: 'clock step',
      whose: random.chance(0.3) ? 'all' : random.pick(stepped),
      byMs: random.pick(steps) * random.pick([-1, 1]),
      forMs: random.between(1_000, 8_000),
    }),
  },
  rival: { weight: 1, deed: (random) => ({ kind: 'rival', service: random.pick(services) }) },
  'forget receiver': { weight: 1, deed: (random) => ({ kind: 'forget receiver', ...random.pick(tellings) }) },
  neighbour: { weight: 1, deed: (random) => ({ kind: 'neighbour', orders: random.between(10, 30) }) },
  pause: {
    weight: 5,
    deed: (random) => ({ kind: 'pause', service: random.pick(services), forMs: random.between(500, 5_000) }),
  },
  'cut pub/sub': { weight: 4, deed: () => ({ kind: 'cut pub/sub' }) },
  'lose database': { weight: 2, deed: () => ({ kind: 'lose database', service: 'live' }) },
  rotate: { weight: 8, deed: () => ({ kind: 'rotate' }) },
  ...ofCluster(services),
  ...ofDatabase(services),
})

const heldOf = (services: readonly Service[], random: Random) => ({
  service: random.pick(services),
  holdMs: random.between(50, 600),
})
