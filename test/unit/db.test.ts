import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { type Client as Orders, openOrders } from '../../services/order/db.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Database } from '../../shared/store/database.ts'
import { assertDurable, DurableSqlite } from '../../shared/store/sqlite.ts'

let folder: string
let db: Database<Client>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-db-'))
  db = await openInventory(folder)
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const migrationsIn = (service: string) => readdirSync(`prisma/${service}/migrations`).filter((name) => /^\d/.test(name))
const availableOf = async (sku: string) => (await db.read.stock.findUnique({ where: { sku } }))?.available
const setAvailable = (tx: Client, sku: string, available: number) =>
  tx.stock.update({ where: { sku }, data: { available } })

describe('a connection', () => {
  it('writes ahead and waits for the disk, also after its first read', async () => {
    const [row] = await db.write((tx) => tx.$queryRaw<[{ synchronous: number }]>`PRAGMA synchronous`)
    await db.write((tx) => tx.stock.count())
    const [later] = await db.write((tx) => tx.$queryRaw<[{ synchronous: number }]>`PRAGMA synchronous`)
    expect([Number(row.synchronous), Number(later.synchronous)]).toEqual([2, 2])
  })

  it('that is not durable stops the boot', async () => {
    const connection = await new DurableSqlite(join(folder, 'other.db'), 'write').connect()
    await connection.executeScript('PRAGMA synchronous = NORMAL')
    await expect(assertDurable(connection)).rejects.toThrow('not durable')
    await connection.dispose()
  })

  it('for reading cannot write', async () => {
    await expect(db.read.stock.deleteMany()).rejects.toThrow()
    const raw = Promise.resolve(db.read.$executeRaw`DELETE FROM "Stock"`)
    await expect(raw).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  })
})

describe('writes', () => {
  it('of one request survive when a transaction that was open at the same time rolls back', async () => {
    const failing = db.write(async (tx) => {
      await setAvailable(tx, 'CAP-001', 1)
      await new Promise((resolve) => setImmediate(resolve))
      throw new Error('rolled back')
    })
    const other = db.write((tx) => setAvailable(tx, 'MUG-001', 7))

    await expect(failing).rejects.toThrow('rolled back')
    await other

    expect(await availableOf('MUG-001')).toBe(7)
    expect(await availableOf('CAP-001')).not.toBe(1)
  })

  it('roll back together with what Prisma put into a transaction of its own', async () => {
    const orders = await openOrders(folder)
    const lines = { create: [{ sku: 'MUG-001', position: 0, name: 'Mug', quantity: 1, unitPriceCents: 1_490 }] }
    const customer = { customerName: 'Ada', customerEmail: 'ada@example.com' }
    const price = { paymentMethod: 'pm_card_visa', totalCents: 1_490, currency: 'EUR', placedAt: Date.now() }
    const place = (tx: Orders, id: string) =>
      tx.order.create({ data: { id, state: 'placed', ...customer, ...price, lines } })

    await orders.write((tx) => place(tx, 'kept'))
    const failing = orders.write(async (tx) => {
      await place(tx, 'undone')
      throw new Error('rolled back')
    })

    await expect(failing).rejects.toThrow('rolled back')
    expect(await orders.read.orderLine.findMany()).toMatchObject([{ orderId: 'kept' }])
    await orders.close()
  })

  it('happen first in, first out', async () => {
    const order: number[] = []
    await Promise.all([1, 2, 3].map((n) => db.write(async () => void order.push(n))))
    expect(order).toEqual([1, 2, 3])
  })
})

describe('a group commit', () => {
  const groups: number[] = []
  const insert = () =>
    groupCommit<Client, string, string>(
      (work) => db.write((tx) => work(tx, () => {})),
      async (tx, skus) => {
        groups.push(skus.length)
        for (const sku of skus) await tx.stock.create({ data: { sku, received: 1, available: 1 } })
        return skus
      },
    )

  it('puts what arrives together into one transaction', async () => {
    groups.length = 0
    const one = insert()
    expect(await Promise.all(['a', 'b', 'c'].map(one))).toEqual(['a', 'b', 'c'])
    expect(groups).toEqual([3])
  })

  it('fails the bad one alone', async () => {
    const one = insert()
    const results = await Promise.allSettled(['d', 'MUG-001', 'e'].map(one))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await availableOf('e')).toBe(1)
  })
})

describe('a migration', () => {
  it('is recorded the way Prisma does it, and applied once', async () => {
    const again = await openInventory(folder)
    const rows = await again.read.$queryRaw`
      SELECT migration_name AS name, applied_steps_count AS steps FROM _prisma_migrations`
    expect(rows).toEqual(migrationsIn('inventory').map((name) => ({ name, steps: 1 })))
    await again.close()
  })
})
