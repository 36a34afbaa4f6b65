import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { moveSlot } from '../../chaos/redis-cluster.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { connectBlocking, connectCommands, type Redis, whenReady } from '../../shared/store/redis.ts'
import { homeOf, nodesOf, unblocker } from '../../shared/store/redis-nodes.ts'
import { slotOf } from '../../shared/store/slot.ts'
import { useCluster } from '../redis-cluster.ts'
import { until } from '../until.ts'

const health = createHealth(createLogger('test', 'silent'))
const KEY = 'orderline:{inventory}:queue'

const cluster = useCluster()
let redis: Redis
let blocking: Redis
beforeEach(async () => {
  redis = connectCommands(cluster.address, health)
  blocking = connectBlocking(cluster.address, health)
  await Promise.all([whenReady(redis), whenReady(blocking)])
})
afterEach(() => {
  redis.disconnect()
  blocking.disconnect()
})

describe('a connection to a cluster', () => {
  it('knows the slots of its keys as the nodes do', async () => {
    for (const key of ['größe', 'foo{}{bar}', 'a{b}c', '', KEY])
      expect([key, slotOf(key)]).toEqual([key, await cluster.nodes[0]?.client.cluster('KEYSLOT', key)])
  })

  it('begins its keys with the prefix, and leaves what it tells of a pop with it', async () => {
    await redis.lpush(KEY, 'x')
    expect(await blocking.brpop([KEY, `${KEY}:urgent`], 1)).toEqual([`test:${KEY}`, 'x'])
  })

  it('goes on where a slot has moved to, with nothing lost or sent twice', async () => {
    const before = homeOf(redis, KEY)
    const pushed: number[] = []
    let isOver = false
    const pushing = (async () => {
      for (let n = 0; !isOver; n++) if (await redis.lpush(KEY, n).catch(() => null)) pushed.push(n)
    })()
    for (let i = 0; i < 3; i++) await moveSlot(`test:${KEY}`, cluster)
    isOver = true
    await pushing

    const there = (await redis.lrange(KEY, 0, -1)).map(Number).toReversed()
    expect(there).toEqual(pushed)
    expect(homeOf(redis, KEY)).not.toBe(before)
  })

  it('fails at once while the node of a key is away, serves the others’, and says when that is back', async () => {
    const owner = await cluster.ownerOf(`test:${KEY}`)
    await Promise.all(cluster.nodes.map(({ client }) => client.config('SET', 'cluster-require-full-coverage', 'no')))
    const other =
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].find((key) => homeOf(redis, key) !== homeOf(redis, KEY)) ?? ''
    const home = homeOf(redis, KEY)
    await redis.set(KEY, 'here')
    await owner.kill()

    const sinceMs = performance.now()
    await expect(redis.get(KEY)).rejects.toThrow()
    await expect(redis.get(KEY)).rejects.toThrow()
    expect(performance.now() - sinceMs).toBeLessThan(500)
    expect(await redis.set(other, 'x')).toBe('OK')
    await until(() => redis.get(KEY).then(Boolean, () => health.troubles().length > 0))

    await owner.start()
    await until(() => redis.get(KEY).catch(() => null))
    await until(() => health.troubles().length === 0)
    expect(homeOf(redis, KEY)).not.toBe(home) // it may have forgotten what was last
  })

  it('asks each node for what is not of a key', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => redis.set(`key-${n}`, n)))
    const sizes = await Promise.all(nodesOf(redis).map((node) => node.dbsize()))
    expect(sizes.length).toBe(3)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8)
  })

  it('has its pop ended from outside, on the node where it waits', async () => {
    const unblock = unblocker(blocking, redis)
    for (const key of [KEY, 'orderline:{order}:queue', 'orderline:{payment}:queue', 'orderline:{sale}:queue']) {
      let isOver = false
      const popping = blocking.brpop(key, 60).finally(() => {
        isOver = true
      })
      await until(async () => {
        await unblock()
        return isOver
      })
      expect(await popping).toBeNull()
    }
  })
})
