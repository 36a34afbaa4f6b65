import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'
import { priceHeaders } from './order-request.ts'
import { changeBy, type PriceChange, writeChange } from './price-changes.ts'
import type { Prices, Product } from './price-list.ts'

const PRICE_MAX_CENTS = 999_999 // so a line of a hundred has eight digits, and a gateway like Stripe takes no more

const body = z.object({ priceCents: z.int().min(1).max(PRICE_MAX_CENTS) })

const answer = z.object({
  sku: z.string(),
  priceCents: z.int(),
  wasCents: z.int().describe('What it cost before; the same where nothing has changed'),
  currency: z.string(),
})

type Wanted = { sku: string; priceCents: number; key: Key | null }
type Verdict = { kind: 'set'; change: PriceChange; isNew: boolean } | { kind: 'unknown' } | { kind: 'key taken' }
type Deps = { publish: Publish<Client>; prices: Pick<Prices, 'readOn'>; log: Logger }

/**
 * `PUT /api/admin/prices/:sku`: what a product costs from now on, in the window and to whoever orders it. What is ordered keeps
 * its price. Answered when it is on disk, and true in this process; others follow within a second.
 */
export function setPrice({ publish, prices, log }: Deps): Endpoint {
  const set = oneAtATime((wanted: Wanted) => publish((tx, emit) => decide(tx, wanted, emit)))
  return {
    method: 'put',
    path: '/api/admin/prices/:sku',
    what: 'Set the price of a product',
    isAdmin: true,
    headers: priceHeaders,
    body,
    answer: { status: 200, what: 'It is on disk.', schema: answer },
    problems: [404, 409],
    serve: async (req, res) => {
      const { priceCents } = parseBody(body, req.body)
      const sku = String(req.params.sku)
      const key = readKey(req.get('idempotency-key'), { price: sku, priceCents })
      const verdict = await set({ sku, priceCents, key })
      if (verdict.kind === 'unknown') throw unknownSku(sku)
      if (verdict.kind === 'key taken') throw keyTaken()
      await prices.readOn()
      const { wasCents, currency } = verdict.change
      if (verdict.isNew) log.info({ subject: sku, priceCents, wasCents }, 'price.changed')
      res.json({ sku, priceCents, wasCents, currency } satisfies z.infer<typeof answer>)
    },
  }
}

/** A key stands for what was done then. A price that is as it was is no news, and is written down only for its key. */
async function decide(tx: Client, { sku, priceCents, key }: Wanted, emit: Emit): Promise<Verdict> {
  const before = key === null ? undefined : await changeBy(tx, key)
  if (before !== undefined)
    return before.fingerprint === key?.fingerprint
      ? { kind: 'set', change: before, isNew: false }
      : { kind: 'key taken' }
  const product = await productBy(tx, sku)
  if (product === undefined) return { kind: 'unknown' }
  const { priceCents: wasCents, currency } = product
  const change = { sku, priceCents, wasCents, currency, at: Date.now() }
  const isNew = priceCents !== wasCents
  if (!isNew && key === null) return { kind: 'set', change, isNew }
  const revision = await writeChange(tx, change, key)
  if (isNew) emit({ name: 'price.changed', subject: sku, data: { priceCents, wasCents, currency, revision } })
  return { kind: 'set', change, isNew }
}

async function productBy(tx: Client, sku: string): Promise<Pick<Product, 'priceCents' | 'currency'> | undefined> {
  const [product] = await tx.$queryRaw<Product[]>`SELECT "priceCents", currency FROM "Product" WHERE sku = ${sku}`
  return product
}

function unknownSku(sku: string): Problem {
  const errors = [{ field: 'sku', message: 'is not in the catalogue' }]
  return new Problem(404, 'Not found', `There is no product ${sku}.`, errors)
}
