import { crashPointsIn } from '../../chaos/crash-points.ts'
import type { Edit } from '../../chaos/doctored-tree.ts'

/** Every place where a service may die. */
export const points = [...crashPointsIn('shared'), ...crashPointsIn('services')]

/** Nothing fails by itself in inventory and order, so a requeue is only passed where it is made to be needed. */
export const FIRST_ATTEMPTS_FAIL: Edit = {
  file: 'dist/shared/protocol/apply.js',
  find: 'const emitted = [];',
  replace: `const emitted = []; if (batch.some(({ message }) => message.attempt === 1)) throw new Error('doctored')`,
}

/** Hours are over sooner, and looked for sooner. */
export const HOURS_ARE_SHORT: Edit[] = [
  {
    file: 'dist/services/logs/main.js',
    find: 'partBytes: maxBytes / PARTS',
    replace: 'partBytes: 50_000',
  },
  { file: 'dist/services/logs/archive-loop.js', find: 'PERIOD_MS = 60_000', replace: 'PERIOD_MS = 500' },
]
