import { z } from 'zod'
import { states } from '../../../shared/states.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { createStreams } from '../../../shared/web/streams.ts'
import type { Watch } from './watch.ts'

const ROOMS_MAX = 100

const query = z.object({
  log: z.string().trim().max(64).default('').describe('Only log lines that contain this: an order, a service, a word.'),
  state: z.enum(states).optional().describe('Only the newest orders in this state.'),
})

/** `GET /api/admin/live`: the whole shop twice a second, and its log, as server-sent events. */
export function watchShop(watch: Watch): Endpoint {
  const openStream = createStreams({ max: ROOMS_MAX, perClientMax: ROOMS_MAX })
  return {
    method: 'get',
    path: '/api/admin/live',
    what: 'Watch the shop: its figures and its log twice a second, as server-sent events',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'First the whole picture, then what has changed', mediaType: 'text/event-stream' },
    problems: [],
    serve: (req, res) => {
      const { log, state = null } = parseBody(query, req.query)
      const stream = openStream(req, res, () => leave())
      if (stream === null) return
      const leave = watch.join(stream, { log, state })
    },
  }
}
