import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { createStockReader } from '../../services/order/available-stock.ts'
import { createHealth } from '../../shared/health.ts'
import { availableKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { connectCommands } from '../../shared/store/redis.ts'
import { useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const answer = z.object({ products: z.array(z.object({ sku: z.string(), available: z.number().nullable() })) })

async function available(): Promise<Record<string, number | null>> {
  const { products } = answer.parse(await (await orders.get('/api/products')).json())
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

    const [first, second] = [read(), read()]
    now += 500

    expect(second).toBe(first)
    expect(read()).not.toBe(first)
    redis.disconnect()
  })
})
