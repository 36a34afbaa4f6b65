import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { awaitStock } from '../../services/order/await-stock.ts'
import { availableKey } from '../../shared/keys.ts'
import { useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const readiness = z.object({
  ready: z.boolean(),
  troubles: z.array(z.object({ what: z.string(), reason: z.string() })),
})
const listing = z.object({ products: z.array(z.object({ sku: z.string(), available: z.int().nullable() })) })

const ready = async (query = '') => {
  const answer = await orders.get(`/readyz${query}`)
  return { status: answer.status, ...readiness.parse(await answer.json()) }
}
const stockOf = async (sku: string) => {
  const { products } = listing.parse(await (await orders.get('/api/products')).json())
  return products.find((product) => product.sku === sku)?.available
}

describe('a shop that has just started', () => {
  it('is not ready while it cannot say what is in stock, says so, and takes orders all the same', async () => {
    expect(await ready()).toMatchObject({
      status: 503,
      ready: false,
      troubles: [{ what: 'stock', reason: 'inventory has not said yet what is in stock' }],
    })
    expect((await ready('?only=database')).status).toBe(200)
    expect((await orders.order()).status).toBe(201)
  })

  it('can say it as soon as it is ready', async () => {
    expect(await stockOf('MUG-001')).toBeNull()
    await orders.redis.client.hset(availableKey(), { 'MUG-001': '7' })

    await until(async () => (await ready()).status === 200)

    expect(await stockOf('MUG-001')).toBe(7)
  })
})

describe('waiting for stock', () => {
  it('has a limit: an inventory that is down shuts no shop', async () => {
    let now = 0
    const wait = awaitStock(
      async () => ({}),
      ['MUG-001'],
      () => now,
    )
    expect(await wait()).toMatchObject({ what: 'stock', forMs: 0 })

    now = 10_000

    expect(await wait()).toBeNull()
  })

  it('is over for good once stock was known', async () => {
    let available: Record<string, number> | null = { 'MUG-001': 0 }
    const wait = awaitStock(async () => available, ['MUG-001'])
    expect(await wait()).toBeNull()

    available = null

    expect(await wait()).toBeNull()
  })
})
