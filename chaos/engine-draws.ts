import type { Service } from '../shared/routes.ts'
import type { clusterKinds } from './fault.ts'
import type { Draw } from './outside-draws.ts'

type Kinds = (typeof clusterKinds)[number]

/** What can be done to the nodes of a cluster, each time to where the queue of one of these services is. */
export const ofCluster = (services: readonly Service[]): { [K in Kinds]: Draw<K> } => ({
  'kill master': {
    weight: 8,
    deed: (random) => ({ kind: 'kill master', service: random.pick(services), forMs: random.between(300, 5_000) }),
  },
  failover: {
    weight: 8,
    deed: (random) => ({ kind: 'failover', service: random.pick(services), isForced: random.chance(0.5) }),
  },
  'move slot': { weight: 8, deed: (random) => ({ kind: 'move slot', service: random.pick(services) }) },
  'freeze node': {
    weight: 5,
    deed: (random) => ({ kind: 'freeze node', service: random.pick(services), forMs: random.between(300, 4_000) }),
  },
})
