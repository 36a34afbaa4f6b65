import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Request, Response } from '../../shared/web/http.ts'
import { createStreams, type StreamLimits } from '../../shared/web/streams.ts'
import type { Client } from './db.ts'
import { followHeaders, timelineAnswer } from './order-answer.ts'
import type { Position } from './read-order.ts'
import { noSuchOrder } from './show-order.ts'
import { knownOrders } from './timeline.ts'
import type { Feed } from './timeline-feed.ts'

type Deps = { read: Client; feed: Feed; limits?: StreamLimits }

/** A tenth for each client: nobody shuts the others out, and three hundred tabs behind one address still fit. */
const LIMITS = { max: 4_000, perClientMax: 400 }

/** `GET /api/orders/:id/events`: the timeline as server-sent events, what has been first, then what comes. */
export function followOrder({ read, feed, limits = LIMITS }: Deps): Endpoint {
  const openStream = createStreams(limits)
  const stream = (req: Request, res: Response, position: Position) => {
    const events = openStream(req, res, () => unfollow())
    if (events === null) return
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
    shedAs: 'browsing', // whoever is refused can still look at it
    isOfOrder: true,
    headers: followHeaders,
    answer: { status: 200, what: 'One event per entry', schema: timelineAnswer, mediaType: 'text/event-stream' },
    problems: [429],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      if (!(await knownOrders(read, [orderId])).has(orderId)) throw noSuchOrder()
      stream(req, res, { orderId, after: lastSeen(req.get('last-event-id')) })
    },
  }
}

/** Where a reader that comes back has stopped; whatever is not a number is the beginning. */
function lastSeen(header: string | undefined): number {
  return /^\d{1,15}$/.test(header ?? '') ? Number(header) : 0
}
