import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { createStreams } from '../../shared/web/streams.ts'
import type { LineFeed } from './line-feed.ts'
import { newsAnswer } from './lines-answer.ts'

const STREAMS_MAX = 100

const query = z.object({
  q: z.string().trim().max(64).default('').describe('Only lines that contain this.'),
  service: z.string().trim().min(1).max(64).optional(),
  level: z.coerce.number().int().min(0).max(100).default(0).describe('At least.'),
})
const headers = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .catch(undefined)
    .describe('Goes on after this event.'),
})

/** `GET /api/admin/logs/watch`: the last lines, and then whatever is written, as server-sent events. */
export function watchLines(feed: LineFeed): Endpoint {
  const openStream = createStreams({ max: STREAMS_MAX, perClientMax: STREAMS_MAX })
  return {
    method: 'get',
    path: '/api/admin/logs/watch',
    what: 'Watch the log: the last lines, and then those that are written, as server-sent events, at most two in a second',
    isAdmin: true,
    query,
    headers,
    answer: { status: 200, what: 'Events of lines', schema: newsAnswer, mediaType: 'text/event-stream' },
    problems: [],
    serve: (req, res) => {
      const { q, service, level } = parseBody(query, req.query)
      const { 'last-event-id': last } = parseBody(headers, req.headers)
      const stream = openStream(req, res, () => leave())
      if (stream === null) return
      const filter = { text: q.toLowerCase(), service: service ?? null, level }
      const leave = feed.watch(stream, filter, last === undefined ? null : Number(last))
    },
  }
}
