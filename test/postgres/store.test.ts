import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { openOrders } from '../../services/order/db.ts'
import type { Database } from '../../shared/store/database.ts'
import { each } from '../../shared/store/sql.ts'
import { Server } from '../postgres-rig.ts'
import { until } from '../until.ts'

let server: Server
let url: string
const open: Database<Client>[] = []
const instance = async (at = url) => {
  const db = await openInventory(at)
  open.push(db)
  return db
}
const availableOf = async (db: Database<Client>, sku: string) =>
  (await db.read.stock.findUnique({ where: { sku } }))?.available

beforeAll(async () => {
  server = await Server.start()
})
beforeEach(async () => {
  url = await server.database()
})
afterEach(() => Promise.all(open.splice(0).map((db) => db.close())))
afterAll(() => server.remove())

describe('instances of a service', () => {
  it('that start at once on an empty database find its tables made once, and its shelves filled once', async () => {
    const instances = await Promise.all([instance(), instance(), instance()])

    for (const db of instances) expect(await availableOf(db, 'MUG-001')).toBeGreaterThan(0)
    expect(await server.ask('SELECT COUNT(*)::int AS n FROM inventory._prisma_migrations', url)).toEqual([{ n: 1 }])
  })

  it('write in turn: what one has read is still true when it writes', async () => {
    const [one, other] = [await instance(), await instance()]
    const takeOne = (db: Database<Client>) =>
      db.write(async (tx) => {
        const [stock] = await tx.$queryRaw<{ available: number }[]>`SELECT available FROM "Stock" WHERE sku = 'MUG-001'`
        await tx.$executeRaw`UPDATE "Stock" SET available = ${(stock?.available ?? 0) - 1} WHERE sku = 'MUG-001'`
      })
    const before = (await availableOf(one, 'MUG-001')) ?? 0

    await Promise.all(Array.from({ length: 40 }, (_, i) => takeOne(i % 2 ? one : other)))

    expect(await availableOf(one, 'MUG-001')).toBe(before - 40)
  })

  it('number their events in the order in which they are committed, or who reads on would overlook one', async () => {
    const [slow, fast] = [await instance(), await instance()]
    const insertEvent = (tx: Client, id: string) =>
      tx.$executeRaw`INSERT INTO "Event" (id, name, subject, at, data) VALUES (${id}, 'x', 's', 1, '')`
    let goOn = () => {}
    const first = slow.write(async (tx) => {
      await insertEvent(tx, 'first')
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    }, 'beside')
    await until(async () => (await server.idleInTransaction()) > 0, { what: 'an event that is not committed' })

    const second = fast.write((tx) => insertEvent(tx, 'second'))
    await until(async () => (await server.waiting()) > 0, { what: 'one that waits for it' })
    goOn()
    await Promise.all([first, second])

    const events = await fast.read.$queryRaw`SELECT id FROM "Event" ORDER BY seq`
    expect(events).toEqual([{ id: 'first' }, { id: 'second' }])
  })

  it('are held up by one that is frozen in its turn for 2 s; what it began is undone, and done again', async () => {
    const [frozen, other] = [await instance(), await instance()]
    const before = (await availableOf(other, 'CAP-001')) ?? 0
    const takeOne = (tx: Client) => tx.$executeRaw`UPDATE "Stock" SET available = available - 1 WHERE sku = 'CAP-001'`
    let thaw = () => {}
    let runs = 0
    const stuck = frozen.write(async (tx) => {
      await takeOne(tx)
      if (++runs > 1) return
      await new Promise<void>((resolve) => {
        thaw = resolve
      })
    })
    await until(async () => (await server.idleInTransaction()) > 0, { what: 'one in its turn' })
    const began = performance.now()

    await other.write(takeOne)

    expect(performance.now() - began).toBeLessThan(10_000) // far less than a lock may take, whatever the machine is at
    expect(await availableOf(other, 'CAP-001')).toBe(before - 1)
    thaw()
    await stuck
    expect([runs, await availableOf(other, 'CAP-001')]).toEqual([2, before - 2])
  })
})

describe('a server', () => {
  it('that dies and comes back is a failure of the store meanwhile, and nothing afterwards', async () => {
    const db = await instance()
    const remember = (key: string) => db.write((tx) => tx.$executeRaw`INSERT INTO "Meta" VALUES (${key}, 'x')`)
    await remember('before')

    await server.kill()
    await expect(remember('meanwhile')).rejects.toMatchObject({ name: 'StoreFailure' })
    expect(db.failure()).not.toBeNull()
    await expect(Promise.resolve(db.read.$queryRaw`SELECT 1`)).rejects.toMatchObject({ name: 'StoreFailure' })
    await expect(db.read.stock.findFirst()).rejects.toThrow()
    await server.again()
    await until(
      () =>
        remember('after').then(
          () => true,
          () => false,
        ),
      { what: 'a server that takes writes' },
    )

    expect(db.failure()).toBeNull()
    const keys = await db.read.$queryRaw`SELECT key FROM "Meta" WHERE value = 'x' ORDER BY key`
    expect(keys).toEqual([{ key: 'after' }, { key: 'before' }])
  })

  it('that would lose what it has committed is refused', async () => {
    await server.ask('ALTER SYSTEM SET fsync = off')
    await server.ask('SELECT pg_reload_conf()')
    await until(async () => (await server.ask('SHOW fsync'))[0]?.fsync === 'off', { what: 'a server without fsync' })

    await expect(instance()).rejects.toThrow('not durable')
    await server.ask('ALTER SYSTEM RESET fsync')
    await server.ask('SELECT pg_reload_conf()')
  })

  it('that does not wait for the disk at a commit is refused', async () => {
    await expect(instance(`${url}?options=-c%20synchronous_commit%3Doff`)).rejects.toThrow('not durable')
  })
})

describe('text', () => {
  it('that PostgreSQL cannot hold is kept with what it can', async () => {
    const orders = await openOrders(url)
    const [id, body] = [randomUUID(), 'a\0b \ud800c \\u0000']
    await orders.write((tx) => tx.$executeRaw`INSERT INTO "Meta" (key, value) VALUES (${id}, ${body})`)

    const [kept] = await orders.read.$queryRaw<[{ value: string }]>`SELECT value FROM "Meta" WHERE key = ${id}`
    const rows = await orders.read.$queryRaw`SELECT value FROM ${each([body])}`
    await orders.close()

    expect(kept.value).toBe('a\ufffdb \ufffdc \\u0000')
    expect(rows).toEqual([kept])
  })
})
