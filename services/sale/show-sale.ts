import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, type Response } from '../../shared/web/http.ts'
import { PUBLIC } from '../../shared/web/safe-headers.ts'
import { saleAnswer } from './sale-answer.ts'
import type { Sales } from './sales.ts'

/** `GET /api/sales`: the newest sales, from memory. */
export function listSales(sales: Sales): Endpoint {
  const schema = z.object({ sales: z.array(saleAnswer) })
  return {
    method: 'get',
    path: '/api/sales',
    shedAs: 'browsing',
    what: 'List the newest sales',
    answer: { status: 200, what: 'At most 50, the newest first', schema },
    problems: [],
    serve: (_req, res) => sendJson(res, sales.list()),
  }
}

/** `GET /api/sales/:id`: a sale, from memory. */
export function showSale(sales: Sales): Endpoint {
  return {
    method: 'get',
    path: '/api/sales/:id',
    shedAs: 'browsing',
    what: 'Show a sale: how many units are free, held and bought, and how far its line has come',
    answer: { status: 200, what: 'The sale', schema: saleAnswer },
    problems: [404],
    serve: async (req, res) => {
      const [json] = await sales.tell([String(req.params.id)])
      if (json === undefined) throw noSuchSale()
      sendJson(res, json)
    },
  }
}

/** The answer to whoever asks for a sale that does not exist. */
export function noSuchSale(): Problem {
  return new Problem(404, 'Not found', 'There is no such sale.')
}

/** What a crowd asks for was made JSON once. */
function sendJson(res: Response, body: string): void {
  const headers = { ...PUBLIC, 'Content-Type': 'application/json; charset=utf-8' }
  res.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}
