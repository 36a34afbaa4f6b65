import type { Service } from '../shared/routes.ts'
import type { DatabaseDeed } from './database-deed.ts'
import type { Draw } from './outside-draws.ts'

/** How each of them is drawn; turns are those of these services. */
export const ofDatabase = (services: readonly Service[]): { [K in DatabaseDeed['kind']]: Draw<K> } => ({
  'kill database': {
    weight: 8,
    deed: (random) => ({ kind: 'kill database', forMs: random.between(100, 4_000) }),
  },
  'freeze database': {
    weight: 6,
    deed: (random) => ({ kind: 'freeze database', forMs: random.between(300, 4_000) }),
  },
  'database away': {
    weight: 1,
    deed: (random) => ({ kind: 'database away', forMs: random.between(5_000, 30_000) }),
  },
  'end sessions': { weight: 6, deed: () => ({ kind: 'end sessions' }) },
  'forget connections': { weight: 3, deed: () => ({ kind: 'forget connections' }) },
  'lost commits': {
    weight: 8,
    deed: (random) => ({ kind: 'lost commits', share: random.between(1, 9) / 10, forMs: random.between(300, 3_000) }),
  },
  'freeze turn': {
    weight: 8,
    deed: (random) => ({
      kind: 'freeze turn',
      service: random.pick(services),
      forMs: random.between(500, 5_000),
    }),
  },
  'hold turn': {
    weight: 4,
    deed: (random) => ({ kind: 'hold turn', service: random.pick(services), forMs: random.between(500, 8_000) }),
  },
})
