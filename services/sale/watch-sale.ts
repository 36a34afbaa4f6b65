import type { Endpoint } from '../../shared/web/endpoint.ts'
import { createStreams } from '../../shared/web/streams.ts'
import { saleAnswer } from './sale-answer.ts'
import type { Sales } from './sales.ts'
import { noSuchSale } from './show-sale.ts'
import type { Watches } from './watches.ts'

const STREAMS_MAX = 20_000
const PER_CLIENT_MAX = 400 // tabs behind one address

type Deps = { sales: Pick<Sales, 'tell'>; watches: Watches; isLimited: boolean }

/** `GET /api/sales/:id/watch`: the sale as server-sent events, how it is first, then whatever changes. */
export function watchSale({ sales, watches, isLimited }: Deps): Endpoint {
  const openStream = createStreams({ max: STREAMS_MAX, perClientMax: isLimited ? PER_CLIENT_MAX : STREAMS_MAX })
  return {
    method: 'get',
    path: '/api/sales/:id/watch',
    what: 'Watch a sale: what it looks like, as server-sent events, at most two in a second',
    answer: { status: 200, what: 'One event per change', schema: saleAnswer, mediaType: 'text/event-stream' },
    problems: [404, 429],
    serve: async (req, res) => {
      const id = String(req.params.id)
      const json = await sales.tell(id)
      if (json === undefined) throw noSuchSale()
      let unwatch = () => {}
      const stream = openStream(req, res, () => unwatch())
      if (stream !== null) unwatch = watches.watch(id, json, stream)
    },
  }
}
