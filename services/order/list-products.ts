import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { PUBLIC } from '../../shared/web/safe-headers.ts'
import type { ReadAvailable } from './available-stock.ts'
import { ITEMS_MAX } from './order-request.ts'
import type { PriceList } from './price-list.ts'
import { createShopWindow } from './shop-window.ts'

const PAGE = 100
const PAGE_MAX = 200

const query = z.object({
  q: z.string().trim().max(64).optional().describe('Only what has all these words in its sku, name or description.'),
  skus: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().max(64)).max(ITEMS_MAX))
    .optional()
    .describe(`Only these, at most ${ITEMS_MAX}, with commas between them.`),
  after: z.string().max(64).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
})

const product = z.object({
  sku: z.string(),
  name: z.string(),
  description: z.string(),
  priceCents: z.int(),
  currency: z.string(),
  available: z.int().nullable().describe('Units free to sell; null while that is not known.'),
})

const answer = z.object({
  products: z.array(product),
  next: z.string().nullable().describe('`after` of the next page; null on the last.'),
})

/** `GET /api/products`: the shop window. How much there is is a hint; inventory decides when it reserves. */
export function listProducts(prices: PriceList, readAvailable: ReadAvailable): Endpoint {
  const look = createShopWindow(prices)
  return {
    method: 'get',
    path: '/api/products',
    what: 'List what is for sale, page by page',
    shedAs: 'browsing',
    query,
    answer: { status: 200, what: 'One page', schema: answer },
    problems: [],
    serve: async (req, res) => {
      const { products: shown, next } = look(parseBody(query, req.query))
      const available = await readAvailable(shown.map(({ sku }) => sku))
      const products = shown.map((one) => ({ ...one, available: available?.[one.sku] ?? null }))
      res.set(PUBLIC).json({ products, next } satisfies z.infer<typeof answer>)
    },
  }
}
