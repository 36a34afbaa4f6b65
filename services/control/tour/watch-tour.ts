import { z } from 'zod'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { createStreams } from '../../../shared/web/streams.ts'
import { pageName } from './seen.ts'
import type { Tour } from './tour.ts'

const PAGES_MAX = 20

const query = z.object({
  page: pageName.describe('Made up by whoever watches; what is done for it is taken back when it has gone'),
  slowMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_000)
    .default(0)
    .describe('As it wished before, to a process that is gone'),
  commands: z.stringbool().default(false).describe('What Redis is told, too. It slows Redis down.'),
})

/** `GET /api/admin/tour/live`: what the shop does step by step, as server-sent events. Only in the demo. */
export function watchTour(tour: Tour): Endpoint {
  const openStream = createStreams({ max: PAGES_MAX, perClientMax: PAGES_MAX })
  return {
    method: 'get',
    path: '/api/admin/tour/live',
    what: 'Watch the shop step by step (only in the demo)',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'Steps and commands as they happen', mediaType: 'text/event-stream' },
    problems: [],
    serve: (req, res) => {
      const { page, ...wish } = parseBody(query, req.query)
      const stream = openStream(req, res, () => leave())
      if (stream === null) return
      const leave = tour.join(page, stream, wish)
    },
  }
}
