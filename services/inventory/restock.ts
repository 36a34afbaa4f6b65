import { z } from 'zod'
import type { Database } from '../../shared/store/database.ts'
import { type Express, Problem, parseBody } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'

/** A delivery of goods; `key` makes it count once however often it is sent. */
const delivery = z.object({
  key: z.string().min(1).max(255),
  sku: z.string().min(1),
  quantity: z.int().min(1).max(1_000_000),
})

type Delivery = z.infer<typeof delivery>

/** `POST /ops/restock` (behind the admin token): goods came in. Answers with the stock of that sku. */
export function mountRestock(app: Express, db: Database<Client>): void {
  app.post('/ops/restock', readJson, async (req, res) => {
    const wanted = parseBody(delivery, req.body)
    const stock = await db.write((tx) => receive(tx, wanted))
    if (stock === null) throw new Problem(404, 'Not found', `There is no product ${wanted.sku}.`, [UNKNOWN_SKU])
    res.json(stock)
  })
}

const UNKNOWN_SKU = { field: 'sku', message: 'is not in the catalogue' }

async function receive(tx: Client, { key, sku, quantity }: Delivery) {
  if ((await tx.stock.findUnique({ where: { sku } })) === null) return null
  const isNew = (await tx.delivery.findUnique({ where: { key } })) === null
  if (!isNew) return tx.stock.findUnique({ where: { sku } })
  await tx.delivery.create({ data: { key, sku, quantity, at: new Date() } })
  const more = { increment: quantity }
  return tx.stock.update({ where: { sku }, data: { received: more, available: more } })
}
