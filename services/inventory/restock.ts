import { z } from 'zod'
import type { Database } from '../../shared/store/database.ts'
import { type Express, Problem, parseBody } from '../../shared/web/http.ts'
import { keyTaken } from '../../shared/web/idempotency-key.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'

/** A delivery of goods; `key` makes it count once however often it is sent. */
const delivery = z.object({
  key: z.string().min(1).max(255),
  sku: z.string().min(1),
  quantity: z.int().min(1).max(1_000_000),
})

type Delivery = z.infer<typeof delivery>

/** `POST /ops/restock` (a signed call): goods came in. Answers with the stock of that sku. */
export function mountRestock(app: Express, db: Database<Client>): void {
  app.post('/ops/restock', readJson, async (req, res) => {
    const wanted = parseBody(delivery, req.body)
    const received = await db.write((tx) => receive(tx, wanted))
    if (received === 'unknown sku') throw unknownSku(wanted.sku)
    if (received === 'key taken') throw keyTaken()
    res.json(received)
  })
}

type Stock = { sku: string; received: number; available: number }

async function receive(tx: Client, { key, sku, quantity }: Delivery): Promise<Stock | 'unknown sku' | 'key taken'> {
  const stock = await tx.stock.findUnique({ where: { sku } })
  const before = await tx.delivery.findUnique({ where: { key } })
  if (before !== null && (before.sku !== sku || before.quantity !== quantity)) return 'key taken'
  if (stock === null) return 'unknown sku'
  if (before !== null)
    return { sku, received: before.nowReceived ?? stock.received, available: before.nowAvailable ?? stock.available }
  const more = { increment: quantity }
  const { received, available } = await tx.stock.update({ where: { sku }, data: { received: more, available: more } })
  const data = { key, sku, quantity, at: Date.now(), nowReceived: received, nowAvailable: available }
  await tx.delivery.create({ data })
  return { sku, received, available }
}

function unknownSku(sku: string): Problem {
  const errors = [{ field: 'sku', message: 'is not in the catalogue' }]
  return new Problem(404, 'Not found', `There is no product ${sku}.`, errors)
}
