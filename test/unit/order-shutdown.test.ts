import { describe, expect, it } from '@jest/globals'
import { useOrdersWithRedis } from '../order-rig.ts'

const orders = useOrdersWithRedis()

describe('an order service that is told to stop', () => {
  it('does stop when Redis dies meanwhile', async () => {
    const stopping = orders.shutDown()
    await orders.redis.kill()
    await expect(stopping).resolves.toBeUndefined()
    await orders.redis.start()
  })
})
