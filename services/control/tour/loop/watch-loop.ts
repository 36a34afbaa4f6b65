import type { Endpoint } from '../../../../shared/web/endpoint.ts'
import { createStreams } from '../../../../shared/web/streams.ts'
import type { Loop } from './loop.ts'

const PAGES_MAX = 20

/** `GET /api/admin/tour/loop`: what becomes of each order in the tutorial's loop and in the shop, as server-sent events. Only in the demo. */
export function watchLoop(loop: Loop): Endpoint {
  const openStream = createStreams({ max: PAGES_MAX, perClientMax: PAGES_MAX })
  return {
    method: 'get',
    path: '/api/admin/tour/loop',
    what: 'Watch the tutorial’s loop beside the shop (only in the demo)',
    isAdmin: true,
    answer: { status: 200, what: 'Both sides, whenever something has changed', mediaType: 'text/event-stream' },
    problems: [],
    serve: (req, res) => {
      const stream = openStream(req, res, () => leave())
      if (stream === null) return
      const leave = loop.join(stream)
    },
  }
}
