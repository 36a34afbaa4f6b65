import type { Endpoint } from '../../shared/web/endpoint.ts'
import { openEventStream } from '../../shared/web/event-stream.ts'
import { Problem, type Response } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { followHeaders, timelineAnswer } from './order-answer.ts'
import type { Position } from './read-order.ts'
import { noSuchOrder } from './show-order.ts'
import { knownOrders } from './timeline.ts'
import type { Feed } from './timeline-feed.ts'

type Deps = { read: Client; feed: Feed; streamsMax?: number }

/** `GET /api/orders/:id/events`: the timeline as server-sent events, what has been first, then what comes. */
export function followOrder({ read, feed, streamsMax = 1_000 }: Deps): Endpoint {
  let open = 0
  const stream = (res: Response, position: Position) => {
    open++
    const events = openEventStream(res, () => {
      open--
      unfollow()
    })
    const unfollow = feed.follow({
      ...position,
      hear: (entries) => {
        for (const entry of entries) events.send(entry.seq, entry)
      },
      end: events.end,
    })
  }
  return {
    method: 'get',
    path: '/api/orders/:id/events',
    what: 'Follow an order: its timeline as server-sent events, one entry each, from the beginning and live',
    headers: followHeaders,
    answer: { status: 200, what: 'One event per entry', schema: timelineAnswer, mediaType: 'text/event-stream' },
    problems: [404, 503],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      if (!(await knownOrders(read, [orderId])).has(orderId)) throw noSuchOrder()
      if (open >= streamsMax)
        throw new Problem(503, 'Too many streams', 'Try again later, or ask for the order itself.')
      if (!res.closed) stream(res, { orderId, after: lastSeen(req.get('last-event-id')) })
    },
  }
}

/** Where a reader that comes back has stopped; whatever is not a number is the beginning. */
function lastSeen(header: string | undefined): number {
  return /^\d{1,15}$/.test(header ?? '') ? Number(header) : 0
}
