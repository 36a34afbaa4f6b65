import { services } from '../shared/routes.ts'
import { type Deed, type Fault, type Kind, keyKinds, kinds, simulators, victims } from './fault.ts'
import { poisonCount } from './poison.ts'
import { type Random, seededRandom } from './random.ts'

type Plan = { durationMs: number; faultsPerMinute: number; only?: readonly Kind[] }
type Draw = { weight: number; deed: (random: Random) => Deed }

/** All faults of a run, in order of time: a pure function of the seed, so that a seed replays them. */
export function scheduleFaults(seed: number, { durationMs, faultsPerMinute, only = kinds }: Plan): Fault[] {
  const random = seededRandom(seed)
  const count = Math.round((durationMs / 60_000) * faultsPerMinute)
  const times = Array.from({ length: count }, () => random.between(0, durationMs)).sort((a, b) => a - b)
  return times.map((atMs) => ({ atMs, ...drawOf(only, random) }))
}

/** Draws until it is one of the kinds wanted: the weights stay what they are among these. */
function drawOf(wanted: readonly Kind[], random: Random): Deed {
  for (;;) {
    const deed = draw(random)
    if (wanted.includes(deed.kind)) return deed
  }
}

function draw(random: Random): Deed {
  let ticket = random.next() * totalWeight
  for (const { weight, deed } of draws) {
    ticket -= weight
    if (ticket < 0) return deed(random)
  }
  return { kind: 'flush' }
}

const processes = [...services, 'redis'] as const
const held = (random: Random) => ({ service: random.pick(services), holdMs: random.between(50, 600) })

// Deaths are drawn seldom: the launcher lets what dies too often wait, and what is not there cannot be hurt.
const draws: Draw[] = [
  { weight: 6, deed: (random) => ({ kind: 'kill', victim: random.pick(processes) }) },
  { weight: 2, deed: (random) => ({ kind: 'kill', victim: random.pick(simulators) }) },
  { weight: 2, deed: (random) => ({ kind: 'terminate', victim: random.pick(processes) }) },
  {
    weight: 9,
    deed: (random) => ({ kind: 'freeze', victim: random.pick(victims), forMs: random.between(200, 3_000) }),
  },
  { weight: 6, deed: () => ({ kind: 'flush' }) },
  { weight: 8, deed: () => ({ kind: 'cut connections' }) },
  { weight: 1, deed: (random) => ({ kind: 'old dump', ageMs: random.between(300, 4_000) }) },
  { weight: 18, deed: (random) => ({ kind: 'delete', key: random.pick(keyKinds), ...held(random) }) },
  { weight: 14, deed: (random) => ({ kind: 'repeat', ...held(random), afterMs: random.between(0, 2_000) }) },
  { weight: 14, deed: (random) => ({ kind: 'shuffle', ...held(random), seed: random.between(1, 1_000_000) }) },
  {
    weight: 9,
    deed: (random) => ({ kind: 'poison', service: random.pick(services), poison: random.between(0, poisonCount - 1) }),
  },
  { weight: 2, deed: (random) => ({ kind: 'outage', forMs: random.between(300, 3_000) }) },
  {
    weight: 2,
    deed: (random) => ({ kind: 'slowness', delayMs: random.between(50, 800), forMs: random.between(500, 3_000) }),
  },
  {
    weight: 3,
    deed: (random) => ({ kind: 'lost answers', share: random.between(2, 9) / 10, forMs: random.between(500, 3_000) }),
  },
  { weight: 2, deed: (random) => ({ kind: 'mail outage', forMs: random.between(300, 3_000) }) },
  {
    weight: 3,
    deed: (random) => ({
      kind: 'lost mail answers',
      share: random.between(2, 9) / 10,
      forMs: random.between(500, 3_000),
    }),
  },
]
const totalWeight = draws.reduce((sum, { weight }) => sum + weight, 0)
