import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { createShelfLabels } from '../../services/inventory/shelf-labels.ts'
import { createHealth } from '../../shared/health.ts'
import { availableKey, queueKey, statusKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { createAcknowledger } from '../../shared/protocol/acknowledge.ts'
import type { Database } from '../../shared/store/database.ts'
import { deleteFields, pushAll, readFields, setFields } from '../../shared/store/in-chunks.ts'
import { startRedis, type TestRedis } from '../redis-server.ts'

const PRODUCTS = 80_000

let redis: TestRedis
beforeEach(async () => {
  redis = await startRedis()
})
afterEach(() => redis.stop())

describe('the shelf labels of 80,000 products', () => {
  let folder: string
  let db: Database<Client>
  let now: number
  let write: () => Promise<void>
  const label = (sku: string) => redis.client.hget(availableKey(), sku)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderline-labels-'))
    db = await openInventory(folder)
    await db.write(async (tx) => {
      await tx.$executeRaw`
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${PRODUCTS})
        INSERT INTO "Stock" (sku, received, available) SELECT 'SKU-' || i, 7, 7 FROM n`
    })
    now = 1_000_000
    write = createShelfLabels(db, redis.client, () => now)
    await write()
  })
  afterEach(async () => {
    await db.close()
    await rm(folder, { recursive: true })
  })

  const take = (sku: string) =>
    db.write((tx) => tx.stock.update({ where: { sku }, data: { available: { decrement: 1 } } }))

  it('are all written', async () => {
    expect(await redis.client.hlen(availableKey())).toBe(PRODUCTS + 12)
    expect([await label('SKU-1'), await label(`SKU-${PRODUCTS}`), await label('PRT-001')]).toEqual(['7', '7', '20'])
  })

  it('are written again only where they have changed', async () => {
    await redis.client.hset(availableKey(), 'SKU-1', 'as it was')
    await take('SKU-2')

    await write()

    expect([await label('SKU-1'), await label('SKU-2')]).toEqual(['as it was', '6'])
  })

  it('come back when Redis has lost some, and after a minute in any case', async () => {
    await redis.client.hdel(availableKey(), 'SKU-3')
    await write()
    expect(await label('SKU-3')).toBe('7')

    await redis.client.hset(availableKey(), 'SKU-3', 'as it was')
    await write()
    expect(await label('SKU-3')).toBe('as it was')
    now += 60_000
    await write()
    expect(await label('SKU-3')).toBe('7')
  })
})

describe('a command with 200,000 arguments', () => {
  const ids = Array.from({ length: 200_000 }, (_, i) => `m-${i}`)

  it('goes out in pieces: fields that are set, read and deleted', async () => {
    await setFields(
      redis.client,
      'hash',
      ids.map((id, i) => [id, i]),
    )
    expect((await readFields(redis.client, 'hash', ids)).map(Number)).toEqual([...ids.keys()])
    await deleteFields(redis.client, 'hash', ids)
    expect(await redis.client.exists('hash')).toBe(0)
  })

  it('goes out in pieces: final words that were owed while Redis was away', async () => {
    const acknowledger = createAcknowledger(redis.client, createHealth(createLogger('test', 'silent')))
    await acknowledger.say(ids.map((id) => ['inventory', id, 'done']))
    expect(await redis.client.hlen(statusKey('inventory'))).toBe(ids.length)
  })

  it('goes out in pieces, and in its order: messages that are pushed', async () => {
    expect(await pushAll(redis.client, queueKey('payment'), ids)).toBe(200_000)
    const popped = (await redis.client.rpop(queueKey('payment'), 10_000)) ?? []
    expect(popped).toEqual(ids.slice(0, 10_000))
    expect(await redis.client.llen(queueKey('payment'))).toBe(190_000)
  })
})
