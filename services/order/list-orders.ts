import { z } from 'zod'
import { states } from '../../shared/states.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { invalid } from '../../shared/web/problem.ts'
import { csvOf, format, sendTable, TABLE, wantsTable } from '../../shared/web/table.ts'
import { countByState } from './count-orders.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'

const PAGE_MAX = 200
const TABLE_MAX = 5_000

const query = z.object({
  state: z.enum(states).optional(),
  before: z.coerce.number().int().positive().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(TABLE_MAX).default(50).describe(`More than ${PAGE_MAX} as a table only`),
  format,
})

const listed = z.object({
  seq: z.int(),
  id: z.string(),
  number: z.string(),
  state: z.enum(states),
  customer: z.object({ name: z.string(), email: z.string(), phone: z.string().nullable() }),
  totalCents: z.int(),
  currency: z.string(),
  placedAt: z.iso.datetime(),
  payBy: z.iso.datetime().nullable(),
  refundedCents: z.int(),
  sale: z.string().nullable(),
})

const answer = z.object({
  orders: z.array(listed),
  next: z.int().nullable().describe('`before` of the next page; null on the last'),
  counts: z.record(z.enum(states), z.int()),
})

type Query = z.infer<typeof query>
type Listed = z.infer<typeof listed>

/** `GET /api/admin/orders`: newest first, page by page, and how many there are in each state. */
export function listOrders(read: Client): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/orders',
    what: 'List orders, newest first',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'One page', schema: answer, others: TABLE },
    problems: [],
    serve: async (req, res) => {
      const wanted = parseBody(query, req.query)
      const isTable = wantsTable(req, wanted.format)
      if (!isTable && wanted.limit > PAGE_MAX) throw invalid([TOO_MANY])
      const orders = await readPage(read, wanted)
      if (isTable) return sendTable(res, 'orders', csvOf(COLUMNS, orders.map(rowOf)))
      const next = orders.length === wanted.limit ? (orders.at(-1)?.seq ?? null) : null
      res.json({ orders, next, counts: await countByState(read) } satisfies z.infer<typeof answer>)
    },
  }
}

async function readPage(read: Client, { state, before, limit }: Query): Promise<Listed[]> {
  const where = { ...(state && { state }), ...(before !== undefined && { seq: { lt: before } }) }
  const rows = await read.order.findMany({ where, orderBy: { seq: 'desc' }, take: limit })
  return rows.map(
    ({ seq: counted, id, state, totalCents, currency, placedAt, payBy, refundedCents, sale, ...customer }) => ({
      seq: Number(counted),
      id,
      number: numberOf(Number(counted)),
      state: z.enum(states).parse(state),
      customer: { name: customer.customerName, email: customer.customerEmail, phone: customer.customerPhone },
      totalCents,
      currency,
      placedAt: iso(placedAt),
      payBy: payBy === null ? null : iso(payBy),
      refundedCents,
      sale,
    }),
  )
}

const TOO_MANY = { field: 'limit', message: `Too big: expected number to be <=${PAGE_MAX}` }

const COLUMNS = [
  ...['number', 'id', 'state', 'placedAt', 'payBy', 'totalCents', 'refundedCents', 'currency'],
  ...['name', 'email', 'phone', 'sale'],
]

function rowOf({ customer: { name, email, phone }, sale, ...order }: Listed) {
  const { number, id, state, placedAt, payBy, totalCents, refundedCents, currency } = order
  return [number, id, state, placedAt, payBy, totalCents, refundedCents, currency, name, email, phone, sale]
}

const iso = (ms: bigint) => new Date(Number(ms)).toISOString()
