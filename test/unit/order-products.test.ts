import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { createStockReader } from '../../services/order/available-stock.ts'
import { createShopWindow } from '../../services/order/shop-window.ts'
import { createHealth } from '../../shared/health.ts'
import { availableKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { connectCommands } from '../../shared/store/redis.ts'
import { problemOf, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const product = z.object({ sku: z.string(), available: z.number().nullable() })
const answer = z.object({ products: z.array(product), next: z.string().nullable() })

const list = async (query: string) => answer.parse(await (await orders.get(`/api/products${query}`)).json())
const skusOf = ({ products }: z.infer<typeof answer>) => products.map(({ sku }) => sku)

async function available(): Promise<Record<string, number | null>> {
  const { products } = await list('')
  return Object.fromEntries(products.map((product) => [product.sku, product.available]))
}

describe('the shop window', () => {
  it('shows the catalogue with prices', async () => {
    const { products } = Object(await (await orders.get('/api/products')).json())

    expect(products).toHaveLength(12)
    expect(products[0]).toEqual({
      sku: 'MUG-001',
      name: 'Stoneware mug',
      description: expect.any(String),
      priceCents: 1_800,
      currency: 'EUR',
      available: null,
    })
  })

  it('is read page by page, in its own order', async () => {
    const all = await list('')
    const skus: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page = await list(`?limit=5&after=${after}`)
      skus.push(...skusOf(page))
      after = page.next
    }

    expect(all.next).toBeNull()
    expect(skus).toEqual(skusOf(all))
  })

  it('can be searched, whatever the case and the accents', async () => {
    expect(skusOf(await list('?q=MUG'))).toEqual(['MUG-001'])
    expect(skusOf(await list('?q=br%C3%A1ss%20ballpoint'))).toEqual(['PEN-001'])
    expect(skusOf(await list('?q=cap-001&limit=1'))).toEqual(['CAP-001'])
    expect(await list('?q=nothing%20like%20that')).toEqual({ products: [], next: null })
    expect(skusOf(await list('?q=one&limit=1'))).not.toEqual(skusOf(await list('?q=one&limit=1&after=MUG-001')))
  })

  it('shows what is asked for by name, and nothing that is not sold', async () => {
    expect(skusOf(await list('?skus=CAP-001,X,MUG-001'))).toEqual(['CAP-001', 'MUG-001'])
  })

  it.each(['limit=0', 'limit=201', 'limit=x', `q=${'x'.repeat(65)}`, `skus=${'x,'.repeat(50)}`])(
    'refuses ?%s',
    async (query) => {
      expect(await problemOf(await orders.get(`/api/products?${query}`))).toMatchObject({ status: 422 })
    },
  )

  it('shows what inventory says is free to sell, and nothing of what it does not say', async () => {
    await orders.redis.client.hset(availableKey(), { 'MUG-001': '7', 'CAP-001': '0' })

    await until(async () => (await available())['MUG-001'] === 7)

    expect(await available()).toMatchObject({ 'MUG-001': 7, 'CAP-001': 0, 'TEE-001': null })
  })

  it('is shown without numbers, and soon, when Redis is gone or does not answer', async () => {
    await orders.redis.client.hset(availableKey(), { 'MUG-001': '7' })
    process.kill(orders.redis.pid(), 'SIGSTOP')

    const since = Date.now()
    expect((await available())['MUG-001']).toBeNull()
    expect(Date.now() - since).toBeLessThan(1_000)

    process.kill(orders.redis.pid(), 'SIGCONT')
    await orders.redis.kill()
    await until(async () => !(await orders.isReady()))
    expect((await available())['MUG-001']).toBeNull()
    await orders.redis.start()
  })

  it('asks Redis at most twice a second, however many look at it', async () => {
    let now = 1_000_000
    const redis = connectCommands(orders.redis.address, createHealth(createLogger('test', 'silent')))
    const read = createStockReader(redis, () => now)

    const [first, second] = [read(['A']), read(['A'])]
    now += 500

    expect(second).toBe(first)
    expect(read(['A'])).not.toBe(first)
    redis.disconnect()
  })
})

describe('a window of 80,000 products', () => {
  const product = (i: number) => ({
    sku: `SKU-${i}`,
    name: `Thing number ${i}`,
    description: 'Long enough to be like one that somebody has written about a thing.',
    priceCents: 1_000 + i,
    currency: 'EUR',
  })
  const look = createShopWindow(new Map(Array.from({ length: 80_000 }, (_, i) => [`SKU-${i}`, product(i)])))

  it('is leafed through to its end', () => {
    let [after, count]: [string | null, number] = ['', 0]
    while (after !== null) {
      const { products, next } = look({ after, limit: 200 })
      count += products.length
      after = next
    }
    expect(count).toBe(80_000)
  })

  it('is searched in milliseconds, and again in less', () => {
    const times = Array.from({ length: 50 }, () => {
      const sinceMs = performance.now()
      expect(look({ q: 'thing 79999', limit: 100 }).products).toMatchObject([{ sku: 'SKU-79999' }])
      return performance.now() - sinceMs
    })
    expect(Math.min(...times)).toBeLessThan(2)
  })
})
