import { afterEach, expect, it } from '@jest/globals'
import { useCluster } from '../redis-cluster.ts'
import { ORDERS_ALONE, Shop } from '../shop.ts'

const cluster = useCluster()
let shop: Shop
afterEach(() => shop.close())

it('a shop on a cluster sells, is seen into, and goes on when all nodes have forgotten everything', async () => {
  shop = await Shop.open({ ...ORDERS_ALONE, REDIS_URL: cluster.url })
  const before = await shop.placeMany(10)
  await shop.reaches('paid', ...before)

  const { queues } = await shop.get<{ queues: { service: string; trouble: string | null; workers: unknown[] }[] }>(
    '/api/admin/queues',
    {
      authorization: 'Bearer token-of-the-test',
    },
  )
  const running = queues.filter(({ workers }) => workers.length > 0)
  expect(running.map(({ service }) => service)).toEqual(['order', 'inventory', 'payment', 'notification'])
  expect(queues.filter(({ trouble }) => trouble !== null)).toEqual([])

  const after = shop.placeMany(10)
  await Promise.all((await cluster.masters()).map(({ client }) => client.flushall()))
  await shop.reaches('paid', ...(await after))
}, 120_000)
