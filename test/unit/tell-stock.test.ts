import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { createStockTeller } from '../../services/inventory/tell-stock.ts'
import type { Emitted } from '../../shared/events.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'

const [MUG, CAP] = ['MUG-001', 'CAP-001']

let folder: string
let db: Database<Client>
let told: string[]
let revisions: number[]
let now: number
let tell: () => Promise<void>

/** Events count once their transaction is on disk. */
const publish: Publish<Client> = async (work) => {
  const { result, emitted } = await db.write(async (tx) => {
    const emitted: Emitted[] = []
    return { result: await work(tx, (event) => void emitted.push(event)), emitted }
  })
  told.push(
    ...emitted.map(({ name, subject, data }) => `${name} ${subject} ${'available' in data ? data.available : ''}`),
  )
  revisions.push(...emitted.flatMap(({ data }) => ('revision' in data ? data.revision : [])))
  return result
}
const has = (sku: string, available: number) =>
  db.write((tx) => tx.stock.update({ where: { sku }, data: { available, received: 1_000 } }))
const tellAfter = (ms: number) => {
  now += ms
  told = []
  return tell()
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-told-'))
  db = await openInventory(folder)
  told = []
  revisions = []
  now = 1_790_000_000_000
  tell = createStockTeller({ publish, read: db.read, now: () => now })
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what is free to sell', () => {
  it('is told of every product at the beginning, and then of those that have changed', async () => {
    await has(CAP, 0)
    await tell()
    expect(told).toHaveLength(12)
    expect(told).toContain('stock.changed CAP-001 0')

    await has(MUG, 7)

    await tellAfter(1_000)
    expect(told).toEqual(['stock.changed MUG-001 7'])
    await tellAfter(1_000)
    expect(told).toEqual([])
  })

  it('is told once a second however often it changes, and then as it is', async () => {
    await tell()
    for (const available of [9, 8, 7]) {
      await has(MUG, available)
      await tellAfter(300)
      expect(told).toEqual([])
    }
    await has(CAP, 3)

    await tellAfter(100)

    expect(told).toEqual(['stock.changed CAP-001 3', 'stock.changed MUG-001 7'])
  })

  it('is said to be back where none were free when it was told last, and only there', async () => {
    await has(MUG, 0)
    await tell()
    await has(CAP, 0)
    await has(MUG, 4)
    await tellAfter(1_000)
    expect(told).toEqual(['stock.changed CAP-001 0', 'stock.changed MUG-001 4', 'stock.back MUG-001 4'])

    await has(MUG, 0)
    await has(MUG, 5)
    await tellAfter(1_000)
    expect(told).toEqual(['stock.changed MUG-001 5']) // that it was gone in between nobody has seen
  })

  it('is told once by two processes of the service, and by one that starts again', async () => {
    const other = createStockTeller({ publish, read: db.read, now: () => now })
    await Promise.all([tell(), other()])
    expect(told).toHaveLength(12)

    await has(MUG, 0)
    now += 1_000
    await Promise.all([tell(), other()])
    await has(MUG, 1)
    now += 999
    await Promise.all([tell(), other()])
    expect(told.slice(12)).toEqual(['stock.changed MUG-001 0'])
  })

  it('goes on being told when the clock is put back, each time with the next revision of its product', async () => {
    await tell()
    await has(MUG, 5)

    await tellAfter(-3_600_000)
    expect(told).toEqual(['stock.changed MUG-001 5'])
    await has(MUG, 4)
    await has(CAP, 0)
    await tellAfter(1_000)

    expect(told).toEqual(['stock.changed CAP-001 0', 'stock.changed MUG-001 4'])
    expect(revisions.slice(12)).toEqual([2, 2, 3])
    expect(new Set(revisions.slice(0, 12))).toEqual(new Set([1]))
  })

  it('is told of all products of a large shop, of no more than 500 in one transaction', async () => {
    await db.write(async (tx) => {
      const data = Array.from({ length: 1_100 }, (_, i) => ({ sku: `SKU-${i}`, received: 7, available: 7 }))
      await tx.stock.createMany({ data })
    })
    let most = 0
    const counting: Publish<Client> = async (work) => {
      const before = told.length
      const result = await publish(work)
      most = Math.max(most, told.length - before)
      return result
    }

    await createStockTeller({ publish: counting, read: db.read, now: () => now })()

    expect([told.length, most]).toEqual([1_112, 500])
  })
})
