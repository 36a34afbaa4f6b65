import { clientOf } from './client-address.ts'
import { type EventStream, openEventStream, tellOfStream } from './event-stream.ts'
import type { Request, Response } from './http.ts'
import { Problem } from './problem.ts'

/** How many streams there may be at once, in all and for one client. */
export type StreamLimits = { max: number; perClientMax: number }

/**
 * Opens a stream and calls `onClose` once when it is over, whoever ends it. Null where there is nobody to stream to: HEAD
 * only wants to know, and some have gone again. Throws a Problem when there are too many.
 */
export type OpenStream = (req: Request, res: Response, onClose: () => void) => EventStream | null

const AGAIN_S = '10'

/** Keeps count of open streams, so that nobody opens so many that others find the door shut. */
export function createStreams({ max, perClientMax }: StreamLimits): OpenStream {
  const open = new Map<string, number>()
  let total = 0
  const count = (client: string, by: 1 | -1) => {
    const left = (open.get(client) ?? 0) + by
    if (left > 0) open.set(client, left)
    else open.delete(client)
    total += by
  }
  return (req, res, onClose) => {
    const client = clientOf(req)
    if (req.method === 'HEAD') return tellOfStream(res)
    if (res.closed) return null
    if (total >= max) throw tooMany(503, 'All streams are taken.')
    if ((open.get(client) ?? 0) >= perClientMax)
      throw tooMany(429, `There are ${perClientMax} streams to you already.`).with({
        'RateLimit-Policy': `"streams";q=${perClientMax};qu="concurrent-requests"`,
        RateLimit: '"streams";r=0',
      })
    const stream = openEventStream(res, () => {
      count(client, -1)
      onClose()
    })
    count(client, 1) // not before it is open: what throws there is never closed
    return stream
  }
}

function tooMany(status: 429 | 503, detail: string): Problem {
  return new Problem(status, 'Too many streams', `${detail} Close one, or try again later.`).with({
    'Retry-After': AGAIN_S,
  })
}
