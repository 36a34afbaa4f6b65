import { z } from 'zod'
import type { Logger } from '../../../shared/logger.ts'
import { services as all, type Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Demo } from '../demo/demo.ts'
import { body as demoAction } from '../demo/demo-actions.ts'
import { refuse } from '../demo/refuse.ts'
import { askedBy } from './asked-by.ts'
import { arm, breakForTour } from './break-for-tour.ts'
import { pageName } from './seen.ts'
import type { Tour } from './tour.ts'

const SLOWEST_MS = 2_000 // at each step; a worker beats once a second, and is missed after 3.5

const page = pageName
const body = z.discriminatedUnion('action', [
  z.strictObject({ page, action: z.literal('slow'), ms: z.int().min(0).max(SLOWEST_MS) }),
  z.strictObject({ page, action: z.literal('dieAt'), name: z.enum(all), point: z.string().max(64).nullable() }),
  z.strictObject({ page, action: z.literal('demo'), demo: demoAction }),
  z.strictObject({ page, action: z.literal('restore') }),
])

type Action = z.infer<typeof body>
type Deps = { tour: Tour; demo: Demo; redis: Redis; ask: Ask; services: readonly Service[]; log: Logger }

/**
 * `POST /api/admin/tour`: slows all programs down, lets one die at a step of the protocol, breaks something, or takes all of it back,
 * for a page that follows the tour's stream: when it has gone, all is taken back. Only in the demo.
 */
export function actTour(deps: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/tour',
    what: 'Slow the shop down, or break something, for as long as a page of the tour is there (only in the demo)',
    isAdmin: true,
    body,
    answer: { status: 202, what: 'It is done, or about to be', schema: z.object({ count: z.int().nullable() }) },
    problems: [409],
    serve: async (req, res) => {
      const asked = askedBy(req, body, deps.tour)
      deps.log.warn({ ...asked }, 'tour.action')
      res.status(202).json({ count: await act(asked, deps).catch(refuse) })
    },
  }
}

async function act(asked: Action, { tour, ...deps }: Deps): Promise<number | null> {
  const { debts } = tour
  const { demo } = deps
  switch (asked.action) {
    case 'slow':
      return tour.slowDown(asked.page, asked.ms).then(() => null)
    case 'dieAt':
      return arm(asked.page, asked, { demo, debts }).then(() => null)
    case 'demo':
      return breakForTour(asked.page, asked.demo, { ...deps, debts, isThere: tour.isThere })
    case 'restore':
      return tour.restore(asked.page).then(() => null)
  }
}
