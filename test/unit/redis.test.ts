import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { connectBlocking, connectCommands, type Redis, whenReady } from '../../shared/store/redis.ts'
import { startRedis, type TestRedis } from '../redis-server.ts'
import { until } from '../until.ts'

let server: TestRedis
let redis: Redis
beforeEach(async () => {
  server = await startRedis()
  redis = connectCommands(server.url, createLogger('test', 'silent'))
  await whenReady(redis)
})
afterEach(async () => {
  redis.disconnect()
  await server.stop()
})

describe('a command', () => {
  it('under way when its connection is killed is never sent a second time', async () => {
    const pushed = new Map<number, boolean>()
    for (let n = 0; n < 3_000; n++) {
      redis.lpush('list', String(n)).then(
        () => pushed.set(n, true),
        () => pushed.set(n, false),
      )
      if (n % 300 === 0) {
        await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
        await whenReady(redis)
      }
    }
    await until(() => pushed.size === 3_000)

    const there = await server.client.lrange('list', 0, -1)
    expect(new Set(there).size).toBe(there.length)
    for (const [n, isPushed] of pushed) if (isPushed) expect(there).toContain(String(n))
  })

  it('fails at once while Redis is away', async () => {
    await server.kill()
    await expect(redis.get('x')).rejects.toThrow()
  })

  it('that blocks fails when Redis dies under it, and works again when Redis is back', async () => {
    const blocking = connectBlocking(server.url)
    await whenReady(blocking)
    const popping = blocking.brpop('list', 60)
    await Promise.all([server.kill(), expect(popping).rejects.toThrow()])

    await server.start()
    await whenReady(blocking)
    await server.client.lpush('list', 'x')

    expect(await blocking.brpop('list', 1)).toEqual(['list', 'x'])
    blocking.disconnect()
  })
})
