import { z } from 'zod'
import { Problem, parseBody } from '../../../shared/http.ts'
import type { Endpoint } from '../endpoint.ts'
import { openEventStream } from '../event-stream.ts'
import type { LogTail } from './log-tail.ts'
import type { Snapshot } from './snapshot.ts'
import type { Watch } from './watch.ts'

const ROOMS_MAX = 100

const query = z.object({
  log: z.string().trim().max(64).default('').describe('Only log lines that contain this: an order, a service, a word.'),
})

/** `GET /api/admin/live`: the whole shop twice a second, and its log line by line, as server-sent events. */
export function live(watch: Watch<Snapshot>, tail: LogTail): Endpoint {
  let open = 0
  return {
    method: 'get',
    path: '/api/admin/live',
    what: 'Watch the shop: its figures twice a second and its log, as server-sent events',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'One event per look', mediaType: 'text/event-stream' },
    problems: [422, 503],
    serve: (req, res) => {
      const { log } = parseBody(query, req.query)
      if (open >= ROOMS_MAX) throw new Problem(503, 'Too many streams', 'Close another control room first.')
      open++
      let count = 0
      const stream = openEventStream(res, () => {
        open--
        unfollow()
        unread()
      })
      const unread = tail.follow(log, (news) => stream.send(++count, { log: news }))
      const unfollow = watch.follow({ hear: (seen) => stream.send(++count, { seen }), end: stream.end })
    },
  }
}
