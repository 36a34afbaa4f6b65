import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { PUBLIC } from '../../shared/web/safe-headers.ts'
import type { Available } from './available-stock.ts'
import type { PriceList } from './price-list.ts'

const product = z.object({
  sku: z.string(),
  name: z.string(),
  description: z.string(),
  priceCents: z.int(),
  currency: z.string(),
  available: z.int().nullable().describe('Units free to sell; null while that is not known.'),
})

const productsAnswer = z.object({ products: z.array(product) })

/** `GET /api/products`: the shop window. How much there is is a hint; inventory decides when it reserves. */
export function listProducts(prices: PriceList, readAvailable: () => Promise<Available>): Endpoint {
  return {
    method: 'get',
    path: '/api/products',
    what: 'List what is for sale',
    answer: { status: 200, what: 'All products', schema: productsAnswer },
    problems: [],
    serve: async (_req, res) => {
      const available = await readAvailable()
      const products = [...prices.values()].map((one) => ({ ...one, available: available?.[one.sku] ?? null }))
      res.set(PUBLIC).json({ products } satisfies z.infer<typeof productsAnswer>)
    },
  }
}
