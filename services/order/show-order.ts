import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type ShownOrder, shownOrder } from './order-answer.ts'
import type { Outlook } from './outlook.ts'
import { readStory } from './read-order.ts'

/** `GET /api/orders/:id`: an order and all that has happened to it. */
export function showOrder(read: Client, { paused }: Pick<Outlook, 'paused'>): Endpoint {
  return {
    method: 'get',
    path: '/api/orders/:id',
    what: 'Show an order with its timeline',
    isOfOrder: true,
    answer: { status: 200, what: 'The order', schema: shownOrder },
    problems: [],
    serve: async (req, res) => {
      const story = await readStory(read, String(req.params.id))
      if (story === undefined) throw noSuchOrder()
      res.json({ ...story, canRefund: res.locals.isAdmin === true, paused: paused() } satisfies ShownOrder)
    },
  }
}

/** The answer to whoever asks for an order that does not exist. */
export function noSuchOrder(): Problem {
  return new Problem(404, 'Not found', 'There is no such order.')
}
