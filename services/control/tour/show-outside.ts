import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import type { AskOutside } from './outside.ts'
import { outsideShape, whomShape } from './outside-answer.ts'

/** `GET /api/admin/tour/outside`: how often a card was charged, and which mails and SMS came, as those outside have it. Only in the demo. */
export function showOutside(ask: AskOutside): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/tour/outside',
    what: 'What came to the gateway, the mailbox and the phones (only in the demo)',
    isAdmin: true,
    query: whomShape,
    answer: { status: 200, what: 'What has come', schema: outsideShape },
    problems: [],
    serve: async (req, res) => void res.json(await ask(parseBody(whomShape, req.query))),
  }
}
