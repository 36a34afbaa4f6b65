import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { start as startInventory } from '../../services/inventory/main.ts'
import { readConfig } from '../../shared/config.ts'
import { Outage } from '../../shared/events.ts'
import { createHealth } from '../../shared/health.ts'
import { claimKey, queueKey, statusKey, workersKey } from '../../shared/keys.ts'
import { processing, requeued } from '../../shared/protocol/status.ts'
import { allWorkers } from '../../shared/protocol/workers.ts'
import { begin } from '../../shared/store/begin.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { ORDER, ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const said = (msg: string) => bed.told.filter((line) => line.msg === msg)
const reasons = () => said('trouble.began').map(({ reason }) => String(reason))
const settled = (orderId: string) => until(async () => (await bed.outboxRow(orderId)) === undefined)
const calm = () => until(() => bed.health.troubles().length === 0)

describe('a Redis that says no', () => {
  it.each([
    ['has no memory left', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0'], /OOM/],
    ['lets nobody pop', ['ACL', 'SETUSER', 'default', '-brpop'], ['ACL', 'SETUSER', 'default', '+brpop'], /NOPERM/],
    ['lets nobody note', ['ACL', 'SETUSER', 'default', '-hset'], ['ACL', 'SETUSER', 'default', '+hset'], /NOPERM/],
    ['is a replica now', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE'], /READONLY|UNBLOCKED/],
  ])('because it %s is told once with the reason, and once when it is over', async (_what, hurt, heal, reason) => {
    await bed.startSender()
    const { redis, worker } = await bed.startReceiver()
    await bed.place('before')
    await settled('before')

    await bed.redis.client.call(hurt[0] ?? '', ...hurt.slice(1))
    await bed.place('o1')
    await until(() => bed.health.troubles().length > 0)
    const listeners = redis.listenerCount('ready')
    await until(() => worker.state().at > 0 && reasons().some((one) => reason.test(one)))
    expect(bed.health.troubles().some((trouble) => reason.test(trouble.reason))).toBe(true)

    await bed.redis.client.call(heal[0] ?? '', ...heal.slice(1))
    await settled('o1')
    await calm()
    expect(reasons().filter((one) => reason.test(one)).length).toBeLessThanOrEqual(2) // each command has words of its own
    expect(said('trouble.over').length).toBeGreaterThan(0)
    expect(redis.listenerCount('ready')).toBe(listeners)
    expect(await bed.effects('o1')).toBe(1)
  })

  it('and one that is away are told of by their connections alone', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.redis.kill()
    await bed.place('o1')
    await until(() => bed.health.troubles().some(({ reason }) => reason.includes('ECONNREFUSED')))

    await bed.redis.start()
    await settled('o1')
    await calm()

    for (const { what } of said('trouble.began')) expect(what).toMatch(/^redis/)
  })
})

describe('a store whose reads fail', () => {
  it('is told of once; nothing is lost, and nothing is popped meanwhile', async () => {
    await bed.startSender()
    await bed.startReceiver()
    const read = bed.db.read.$queryRaw
    let isBroken = true
    const failing = (...query: Parameters<typeof read>) =>
      isBroken ? Promise.reject(new Error('database disk image is malformed')) : read.apply(bed.db.read, query)
    bed.db.read = Object.create(bed.db.read, { $queryRaw: { value: failing } })

    await bed.place('o1', 'o2', 'o3')
    await until(() => bed.health.troubles().some(({ what }) => what === 'consume'))
    await until(async () => (await bed.waiting()).length === 3)
    isBroken = false

    await Promise.all(['o1', 'o2', 'o3'].map(settled))
    await calm()
    expect(reasons().filter((reason) => reason.includes('malformed'))).toHaveLength(1)
    expect(said('trouble.over')[0]?.ms).toBeGreaterThan(0)
  })
})

const acl = (rule: string) => bed.redis.client.call('ACL', 'SETUSER', 'default', rule)

describe('a Redis that takes no pushes', () => {
  it('is tried again now and then, not without a pause, and soon enough when it does', async () => {
    await bed.startSender()
    await bed.startReceiver()
    await bed.place('before')
    await settled('before')
    await acl('-lpush')

    await bed.place('o1')
    await until(() => bed.health.troubles().some(({ what, forMs }) => what.startsWith('fill') && forMs > 3_000))
    const { pushes = 0 } = (await bed.outboxRow('o1')) ?? {}
    await acl('+lpush')

    expect(pushes).toBeLessThan(12)
    await until(async () => (await bed.effects('o1')) === 1)
    await calm()
  })
})

describe('a message that was popped', () => {
  const isRefused = (command: string) =>
    until(async () => JSON.stringify(await bed.redis.client.call('ACL', 'LOG')).includes(command))
  const placed = { id: 'm-1', stamp: 1, name: 'order.placed', orderId: 'o1', at: 1, attempt: 1, data: ORDER }
  beforeEach(() => bed.redis.client.call('ACL', 'LOG', 'RESET'))
  afterEach(() => acl('+@all'))

  it('and can neither be looked up nor put back is kept until it can, whoever sent it', async () => {
    await bed.startReceiver()
    const read = bed.db.read.$queryRaw
    let isBroken = true
    const failing = (...query: Parameters<typeof read>) =>
      isBroken ? Promise.reject(new Error('database disk image is malformed')) : read.apply(bed.db.read, query)
    bed.db.read = Object.create(bed.db.read, { $queryRaw: { value: failing } })
    await acl('-rpush')

    await bed.pushRaw(JSON.stringify(placed))
    await isRefused('rpush')
    await acl('+rpush')
    isBroken = false

    await until(async () => (await bed.effects('o1')) === 1)
    await calm()
  })

  it('by a worker that died went down with it once, however often Redis refuses to forget its last word', async () => {
    await bed.startSender()
    await bed.place('o1')
    await until(async () => (await bed.waiting()).length === 1)
    const { id = '' } = (await bed.outboxRow('o1')) ?? {}
    await acl('-hdel')
    await bed.redis.client.hset(statusKey('inventory'), id, processing('gone', 1))
    await bed.redis.client.del(queueKey('inventory'))

    await until(() => bed.health.troubles().some(({ reason, forMs }) => reason.includes('hdel') && forMs > 3_000))
    await acl('+hdel')
    await bed.startReceiver()

    await until(async () => (await bed.effects('o1')) === 1)
    await settled('o1')
  })

  it('and whose next attempt Redis does not take is pushed again until it does', async () => {
    await bed.startReceiver({
      prepare: async ({ attempt }) => {
        if (attempt > 1) return
        await acl('-lpush')
        throw new Outage('away')
      },
    })

    await bed.pushRaw(JSON.stringify(placed))
    await isRefused('lpush')
    await acl('+lpush')

    await until(async () => (await bed.effects('o1')) === 1)
  })
})

describe('clocks', () => {
  it('that step back hold up no message, not even after a FLUSHALL', async () => {
    await bed.startSender()
    await bed.place('before')
    await until(async () => (await bed.waiting()).length === 1)
    bed.clock = () => Date.now() - 3_600_000
    await bed.place('after')
    await bed.redis.client.flushall()

    await bed.startReceiver()

    await Promise.all(['before', 'after'].map(settled))
    expect([await bed.effects('before'), await bed.effects('after')]).toEqual([1, 1])
  })

  it('that are ahead in the worker hold up no message that it has pushed again and lost', async () => {
    await bed.startSender()
    await bed.place('o1')
    const { id } = (await bed.outboxRow('o1')) ?? { id: '' }
    await until(async () => (await bed.waiting()).length === 1)
    await bed.redis.client.hset(statusKey('inventory'), id, requeued(2, Date.now() + 3_600_000))
    await bed.redis.client.del(queueKey('inventory'))

    await bed.startReceiver()

    await settled('o1')
    expect(await bed.effects('o1')).toBe(1)
  })

  it('of a worker may say what they like: it is alive while it beats', async () => {
    const sender = await bed.startSender()
    const { worker, redis } = await bed.startReceiver()
    const state = worker.state
    await redis.hset(workersKey('inventory'), 'elsewhere', JSON.stringify({ ...state(), host: 'elsewhere', at: 1 }))

    await bed.place('o1')
    await settled('o1')

    expect(sender.repushed()).toBe(0)
  })
})

describe('garbage in Redis', () => {
  it('among the workers hides none of them', async () => {
    const { redis } = await bed.startReceiver()
    await until(async () => (await allWorkers(redis, 'inventory')).size === 1)

    await redis.hset(workersKey('inventory'), 'a', 'no JSON', 'b', '{"host":1}', 'c', 'null')

    expect((await allWorkers(redis, 'inventory')).size).toBe(1)
  })

  it.each([1e308, 8.64e15 + 1, -1])('that happened at %p is a dead letter', async (at) => {
    await bed.startReceiver()
    const message = {
      id: 'm-1',
      stamp: 1,
      name: 'order.cancelled',
      subject: 'o1',
      at,
      attempt: 1,
      data: { number: 'OL-1' },
    }
    await bed.pushRaw(JSON.stringify(message))

    await until(async () => (await bed.status('m-1')) === 'dead')
    expect(await bed.redis.client.llen(queueKey('inventory'))).toBe(0)
  })
})

describe('a health', () => {
  const lines: string[] = []
  let now = 0
  const log = Object.assign(Object.create(bedless()), {})
  function bedless() {
    return {
      error: ({ what, reason }: { what: string; reason: string }) => lines.push(`${what} fails: ${reason}`),
      info: ({ what, ms }: { what: string; ms: number }) => lines.push(`${what} works again after ${ms}`),
    }
  }

  it('tells what fails for one reason once, and a flapping thing once', () => {
    const health = createHealth(log, () => now)
    const [one, other] = [health.watch('one'), health.watch('other')]

    one.failed(new Error('full'))
    other.failed(new Error('full'))
    now = 500
    one.ok()
    one.failed(new Error('full'))
    expect(health.troubles()).toMatchObject([{ what: 'one', forMs: 500 }, { what: 'other' }])
    now = 2_000
    one.ok()
    other.ok()

    expect(lines).toEqual(['one fails: full', 'other works again after 2000'])
    expect(health.troubles()).toEqual([])
  })
})

describe('two shops on one Redis', () => {
  const boot = (redisUrl: string, dataDir: string, more: object = {}) =>
    startInventory(readConfig({ DATA_DIR: dataDir, REDIS_URL: redisUrl, LOG_LEVEL: 'silent', ...more }))

  it('have corners of their own, made once and kept with their data', async () => {
    const [one, other] = [join(bed.folder, 'one'), join(bed.folder, 'other')]
    const shops = await Promise.all([boot(bed.redis.url, one), boot(bed.redis.url, other)])
    await until(async () => (await queues()).length === 2)

    await Promise.all(shops.map((shop) => shop.stop()))
    const again = await boot(bed.redis.url, one)
    await until(async () => (await queues()).length === 2)

    await again.stop()
  })

  it.each(['', ' \n', '\0'.repeat(18), 'shop-'])(
    'have a new corner where the name of the old one is no use: %j',
    (text) => {
      writeFileSync(join(bed.folder, 'shop-id'), text)
      const prefix = () => redisAddressOf(readConfig({ DATA_DIR: bed.folder })).prefix

      const made = prefix()

      expect(made).toMatch(/^shop-[0-9a-f]{12}:$/)
      expect(prefix()).toBe(made)
    },
  )

  it('cannot share a corner: the second one refuses to start, in one sentence', async () => {
    const first = await boot(bed.redis.url, join(bed.folder, 'one'), { REDIS_PREFIX: 'acme' })

    await expect(boot(bed.redis.url, join(bed.folder, 'other'), { REDIS_PREFIX: 'acme' })).rejects.toThrow(
      'inventory’s queue under the prefix acme of this Redis belongs to another shop, or to this one and its database is lost: choose another REDIS_PREFIX, or another Redis.',
    )
    await first.stop()
  })

  it('cannot share it soon after Redis has forgotten whose it is, either', async () => {
    const first = await boot(bed.redis.url, join(bed.folder, 'one'), { REDIS_PREFIX: 'acme' })
    await bed.redis.client.flushall()
    await until(async () => (await queues()).length === 1)

    await expect(boot(bed.redis.url, join(bed.folder, 'other'), { REDIS_PREFIX: 'acme' })).rejects.toThrow(
      'another shop',
    )
    await first.stop()
  })

  it('do not mix: a worker whose queue another shop has taken shows itself no more, until it is its own again', async () => {
    const { redis } = await bed.startReceiver()
    const isSeen = async () => (await allWorkers(redis, 'inventory')).size === 1
    await until(isSeen)
    await redis.set(claimKey('inventory'), 'another database')
    await until(() => bed.health.troubles().some(({ reason }) => reason.includes('another shop')))
    await redis.del(workersKey('inventory'))

    await bed.pushRaw('theirs')
    await until(() => bed.health.troubles().some(({ what, forMs }) => what === 'beat' && forMs > 1_500))
    await until(async () => (await bed.waiting()).length === 1) // a pop that was under way may have taken it
    expect(await isSeen()).toBe(false)

    await redis.del(claimKey('inventory'))
    await until(isSeen)
    await until(async () => (await bed.waiting()).length === 0)
  })

  it('start while Redis is a replica, which is no other shop', async () => {
    await bed.redis.client.call('REPLICAOF', '127.0.0.1', '1')
    const shop = await boot(bed.redis.url, join(bed.folder, 'one'))
    await bed.redis.client.call('REPLICAOF', 'NO', 'ONE')

    await until(async () => (await queues()).length === 1)
    await shop.stop()
  })

  /** The marks or claims of inventory's queues there are, one per corner. */
  const queues = async () =>
    (await bed.redis.client.keys('*{inventory}:claim')).filter((key) => !key.startsWith('test:'))
})

describe('a file that another process has locked', () => {
  it('holds up writes and nothing else, and is told when it takes too long', async () => {
    const other = new Sqlite(join(bed.folder, 'payment.db'), { timeout: 0 })
    await bed.startSender()
    bed.senderDb.watch(bed.health.watch('database'))
    await begin(other, 5_000)

    const placing = bed.place('o1')
    const since = performance.now()
    await bed.senderDb.read.$queryRaw`SELECT 1`
    expect(performance.now() - since).toBeLessThan(1_000)
    await expect(placing).rejects.toThrow('another process has locked its file')
    expect(bed.senderDb.failure()).toMatchObject({ code: 'SQLITE_BUSY' })
    expect(bed.health.troubles()).toMatchObject([{ what: 'database' }])

    other.exec('ROLLBACK')
    await bed.place('o2')
    expect(bed.senderDb.failure()).toBeNull()
    await calm()
    other.close()
  })
})
