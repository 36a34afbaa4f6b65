import { z } from 'zod'
import { states } from '../../shared/states.ts'
import { type Express, parseBody } from '../../shared/web/http.ts'
import { createCounter } from './count-orders.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'
import { placedAndPaid } from './placed-and-paid.ts'
import { PLACED_MAX, placedBefore } from './placed-page.ts'

const NEWEST_MAX = 100

const ordersQuery = z.object({
  state: z.enum(states).optional(),
  limit: z.coerce.number().int().min(0).max(NEWEST_MAX).default(NEWEST_MAX),
})
const timelineQuery = z.object({ after: z.coerce.number().int().min(0).optional() })
const placedQuery = z.object({
  before: z.coerce.number().int().min(0).default(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(PLACED_MAX).default(PLACED_MAX),
})

/**
 * What other programs of ours may know of the books, by signed calls: `GET /ops/orders`, the newest orders and
 * how many there are in each state, `GET /ops/timeline`, when orders were placed and paid, and `GET /ops/placed`, all numbers.
 * The first two are asked twice a second while somebody watches, so they cost this thread as little as can be.
 */
export function mountBooks(app: Express, read: Client): void {
  const count = createCounter(read)
  app.get('/ops/orders', async (req, res) => {
    const { state, limit } = parseBody(ordersQuery, req.query)
    const [orders, counts] = await Promise.all([newestOrders(read, state, limit), count()])
    res.json({ orders, counts })
  })
  app.get('/ops/timeline', async (req, res) => {
    const { after } = parseBody(timelineQuery, req.query)
    res.json(await placedAndPaid(read, after))
  })
  app.get('/ops/placed', async (req, res) => {
    const { before, limit } = parseBody(placedQuery, req.query)
    res.json(await placedBefore(read, before, limit))
  })
}

const PRIVATE = { customerEmail: true, customerPhone: true, account: true, language: true, mailbox: true } as const

async function newestOrders(read: Client, state: (typeof states)[number] | undefined, limit: number) {
  const rows = await read.order.findMany({
    where: state === undefined ? {} : { state },
    omit: { ...PRIVATE, paymentMethod: true, payBy: true, tender: true },
    orderBy: { seq: 'desc' },
    take: limit,
  })
  return rows.map(({ seq, placedAt, ...order }) => ({
    ...order,
    number: numberOf(Number(seq)),
    placedAt: new Date(Number(placedAt)).toISOString(),
  }))
}
