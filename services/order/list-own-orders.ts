import { z } from 'zod'
import type { OrderKeys } from '../../shared/order-key.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import { type KeyedAnswer, keyedAnswer } from './order-answer.ts'
import { readOrders } from './read-order.ts'

const PAGE_MAX = 100

const query = z.object({
  before: z.coerce.number().int().positive().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(20),
})

const answer = z.object({
  orders: z.array(keyedAnswer),
  next: z.int().nullable().describe('`before` of the next page; null on the last'),
  total: z.int().describe('How many there are on all pages'),
})

type Query = z.infer<typeof query>
type Deps = { read: Client; keys: OrderKeys; customers: Customers }

/** `GET /api/account/orders`: the orders of whoever is signed in, newest first, each with the key that opens it. */
export function listOwnOrders({ read, keys, customers }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/account/orders',
    what: 'List the orders of the account that is signed in, newest first',
    isOfCustomer: true,
    query,
    answer: { status: 200, what: 'One page', schema: answer },
    problems: [],
    serve: async (req, res) => {
      const account = customers.accountOf(req)
      const wanted = parseBody(query, req.query)
      const page = await readPage(read, account, wanted)
      const next = page.length === wanted.limit ? (page.at(-1)?.seq ?? null) : null
      const orders = await inFull(read, page, keys)
      res.json({ orders, next, total: await countOwn(read, account) } satisfies z.infer<typeof answer>)
    },
  }
}

type Place = { id: string; seq: number }

function readPage(read: Client, account: string, { before, limit }: Query): PromiseLike<Place[]> {
  return read.$queryRaw<Place[]>`
    SELECT id, seq FROM "Order" WHERE account = ${account} AND seq < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY seq DESC LIMIT ${limit}`
}

async function inFull(read: Client, page: Place[], keys: OrderKeys): Promise<KeyedAnswer[]> {
  const ids = page.map(({ id }) => id)
  const orders = new Map((await readOrders(read, ids)).map((order) => [order.id, order]))
  return ids.flatMap((id) => {
    const order = orders.get(id)
    return order === undefined ? [] : [{ ...order, key: keys.keyOf(id) }]
  })
}

async function countOwn(read: Client, account: string): Promise<number> {
  const [row] = await read.$queryRaw<{ orders: number }[]>`
    SELECT count(*) AS orders FROM "Order" WHERE account = ${account}`
  return Number(row?.orders ?? 0)
}
