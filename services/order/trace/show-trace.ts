import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { noSuchOrder } from '../show-order.ts'
import { knownOrders } from '../timeline.ts'
import { type Deps, readTrace } from './read-trace.ts'
import { type Trace, traceAnswer } from './trace-answer.ts'

const FRESH_MS = 500 // however many look at an order, the others are asked twice a second
const KEPT_MAX = 500

/** `GET /api/orders/:id/trace`: every message about an order: when it was sent, taken in hand and handled, and what it waits for. */
export function showTrace(deps: Deps): Endpoint {
  const look = shared((orderId) => readTrace(orderId, deps))
  return {
    method: 'get',
    path: '/api/orders/:id/trace',
    what: 'Show how an order travelled: every message about it, to every service that hears it',
    shedAs: 'browsing',
    isOfOrder: true,
    answer: { status: 200, what: 'Its messages, and what they wait for', schema: traceAnswer },
    problems: [],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      if (!(await knownOrders(deps.read, [orderId])).has(orderId)) throw noSuchOrder()
      res.json((await look(orderId)) satisfies Trace)
    },
  }
}

/** Those who ask at about the same time share one answer; one that failed is nobody's. */
function shared(look: (orderId: string) => Promise<Trace>): (orderId: string) => Promise<Trace> {
  const kept = new Map<string, { at: number; trace: Promise<Trace> }>()
  return (orderId) => {
    const now = performance.now()
    const last = kept.get(orderId)
    if (last !== undefined && now - last.at < FRESH_MS) return last.trace
    if (kept.size >= KEPT_MAX) kept.clear()
    const trace = look(orderId)
    kept.set(orderId, { at: now, trace })
    trace.catch(() => kept.delete(orderId))
    return trace
  }
}
