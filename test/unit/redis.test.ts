import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { connectBlocking, connectCommands, type Redis, whenReady } from '../../shared/store/redis.ts'
import { nodesOf, unblocker } from '../../shared/store/redis-nodes.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const health = createHealth(createLogger('test', 'silent'))
const run = promisify(execFile)

const server = useRedis()
let redis: Redis
beforeEach(async () => {
  redis = connectCommands(server.address, health)
  await whenReady(redis)
})
afterEach(() => redis.disconnect())

describe('a command', () => {
  it('that hears READONLY has its connection closed once, however many hear it', async () => {
    const listeners: number[] = []
    await server.client.call('REPLICAOF', '127.0.0.1', '1')
    const closing = () => nodesOf(redis)[0]?.stream.listenerCount('close') ?? 0
    const count = () => listeners.push(closing())
    const before = closing()

    const writes = Array.from({ length: 100 }, (_, n) => redis.set('key', n).finally(count))
    const told = await Promise.allSettled(writes)
    await server.client.call('REPLICAOF', 'NO', 'ONE')

    expect(told.map(({ status }) => status)).toEqual(Array(100).fill('rejected'))
    expect(Math.max(...listeners)).toBeLessThan(before + 5)
    await until(() => redis.set('key', 'again').then(Boolean, () => false))
  })

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
    const blocking = connectBlocking(server.address, health)
    await whenReady(blocking)
    const popping = blocking.brpop('list', 60)
    await Promise.all([server.kill(), expect(popping).rejects.toThrow()])

    await server.start()
    await whenReady(blocking)
    await server.client.lpush('list', 'x')

    expect(await blocking.brpop('list', 1)).toEqual(['test:list', 'x'])
    blocking.disconnect()
  })
})

// Prints how long a process lives on after it has closed a connection to a Redis that is not there (ms).
const CLOSING = `
import { createHealth } from './dist/shared/health.js'
import { createLogger } from './dist/shared/logger.js'
import { connectBlocking } from './dist/shared/store/redis.js'
const health = createHealth(createLogger('test', 'silent'))
const redis = connectBlocking({ url: 'redis://127.0.0.1:1', prefix: 'test:' }, health)
redis.once('close', () => {
  redis.disconnect()
  const sinceMs = performance.now()
  process.once('exit', () => console.log(performance.now() - sinceMs))
})`

describe('a connection', () => {
  it('that is closed while Redis is away keeps no process from ending', async () => {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', CLOSING])

    expect(Number(stdout)).toBeLessThan(1_000)
  })
})

describe('a pop that waits', () => {
  let blocking: Redis
  let unblock: () => Promise<void>
  beforeEach(async () => {
    blocking = connectBlocking(server.address, health)
    unblock = unblocker(blocking, redis)
    await whenReady(blocking)
  })
  afterEach(() => blocking.disconnect())

  /** Again and again, because the first time may come before the pop does. */
  async function endPop(popping: Promise<unknown>): Promise<void> {
    let isOver = false
    popping.finally(() => {
      isOver = true
    })
    await until(async () => {
      await unblock()
      return isOver
    })
  }

  it('is ended from outside, also after Redis has been away', async () => {
    const popping = blocking.brpop('list', 60)
    await endPop(popping)
    expect(await popping).toBeNull()

    await server.kill()
    await server.start()
    await Promise.all([whenReady(blocking), whenReady(redis)])

    const again = blocking.brpop('list', 60)
    await endPop(again)
    expect(await again).toBeNull()
  })

  it('is not robbed of what it has just got', async () => {
    for (let n = 0; n < 200; n++) {
      const popping = blocking.brpop('list', 60)
      redis.lpush('list', String(n)).catch(() => {})
      void unblock()
      const popped = await popping
      expect(popped ?? (await blocking.brpop('list', 60))).toEqual(['test:list', String(n)])
    }
  })
})
