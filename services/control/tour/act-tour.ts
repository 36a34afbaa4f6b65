import { z } from 'zod'
import type { Logger } from '../../../shared/logger.ts'
import { services } from '../../../shared/routes.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { unavailable } from '../../../shared/web/problem.ts'
import type { Demo } from '../demo/demo.ts'
import type { Tour } from './tour.ts'

const SLOWEST_MS = 2_000

const body = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('slow'), ms: z.int().min(0).max(SLOWEST_MS) }),
  z.strictObject({ action: z.literal('dieAt'), name: z.enum(services), point: z.string().max(64).nullable() }),
  z.strictObject({ action: z.literal('restore') }),
])

type Deps = { tour: Tour; demo: Demo; log: Logger }

/** `POST /api/admin/tour`: slows all programs down, lets one die at a step of the protocol, or takes all of it back. Only in the demo. */
export function actTour({ tour, demo, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/tour',
    what: 'Slow the shop down, or let a service die at a step (only in the demo)',
    isAdmin: true,
    body,
    answer: { status: 202, what: 'It is done' },
    problems: [],
    serve: async (req, res) => {
      const asked = parseBody(body, req.body)
      log.warn({ ...asked }, 'tour.action')
      await act(asked, tour, demo).catch((error) => {
        throw unavailable(error instanceof Error ? error.message : String(error))
      })
      res.status(202).json({})
    },
  }
}

function act(asked: z.infer<typeof body>, tour: Tour, demo: Demo): Promise<void> {
  if (asked.action === 'slow') return tour.slowDown(asked.ms)
  if (asked.action === 'dieAt') return demo.dieAt(asked.name, asked.point)
  return tour.restore()
}
