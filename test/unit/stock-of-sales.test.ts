import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { allotStock } from '../../services/inventory/allot-stock.ts'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { releaseStock } from '../../services/inventory/release-stock.ts'
import { reserveStock } from '../../services/inventory/reserve-stock.ts'
import { spareStock } from '../../services/inventory/spare-stock.ts'
import { type Emitted, type EventData, type Message, Unfixable } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { ORDER } from '../protocol-bed.ts'

const SKU = 'MUG-001'

let folder: string
let db: Database<Client>
let emitted: Emitted[]
let received: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-sales-'))
  db = await openInventory(folder)
  emitted = []
  received = (await shelf()).available
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a sale that is announced', () => {
  it('has units set aside that nobody else can buy, and hears how many', async () => {
    await hear(allotStock, announced('s', 3))
    await hear(reserveStock, { ...placed('o-1'), data: { ...ORDER, lines: lines(received - 2) } })

    expect(told('stock.allotted')).toEqual([{ subject: 's', units: 3 }])
    expect(await allotment('s')).toEqual({ sale: 's', sku: SKU, units: 3, free: 3 })
    expect(told('stock.rejected')).toMatchObject([{ subject: 'o-1', missing: [{ available: received - 3 }] }])
  })

  it('has as many as there are, each sale what the one before has left', async () => {
    await hear(allotStock, announced('first', received - 1), announced('second', 5), announced('third', 5))

    expect(told('stock.allotted')).toEqual([
      { subject: 'first', units: received - 1 },
      { subject: 'second', units: 1 },
      { subject: 'third', units: 0 },
    ])
    expect((await shelf()).available).toBe(0)
  })

  it('has none of what is not sold here', async () => {
    await hear(allotStock, announced('s', 5, 'NO-1'))

    expect(told('stock.allotted')).toEqual([{ subject: 's', units: 0 }])
  })

  it('is given its units once, however often it is told', async () => {
    await hear(allotStock, announced('s', 3))
    await hear(allotStock, announced('s', 3))

    expect(told('stock.allotted')).toHaveLength(1)
    expect((await shelf()).available).toBe(received - 3)
  })
})

describe('an order of a sale', () => {
  beforeEach(() => hear(allotStock, announced('s', 2), announced('other', 1)))

  it('is served out of what was set aside for that sale, and not from the shelf', async () => {
    const before = await shelf()
    await hear(reserveStock, placed('e-1', 's'), placed('o-1'))

    expect(told('stock.reserved').map(({ subject }) => subject)).toEqual(['e-1', 'o-1'])
    expect(await allotment('s')).toMatchObject({ units: 2, free: 1 })
    expect((await shelf()).available).toBe(before.available - 1)
  })

  it('gets none of another sale’s, nor of the shelf’s, when its own has nothing left', async () => {
    await hear(reserveStock, placed('e-1', 's'), placed('e-2', 's'), placed('e-3', 's'), placed('e-4', 'nowhere'))

    const missing = [{ sku: SKU, wanted: 1, available: 0 }]
    expect(told('stock.rejected')).toEqual([
      { subject: 'e-3', number: 'OL-1', missing },
      { subject: 'e-4', number: 'OL-1', missing },
    ])
    expect(await allotment('other')).toMatchObject({ free: 1 })
  })

  it('that expires, or is cancelled, gives its unit back to the sale, which is told once however often', async () => {
    await hear(reserveStock, placed('e-1', 's'), placed('e-2', 's'))
    const before = await shelf()
    await hear(releaseStock, expired('e-1', 's'))
    await hear(releaseStock, expired('e-1', 's'))
    await hear(releaseStock, cancelled('e-1', 's'), cancelled('e-2', 's'))
    await hear(releaseStock, cancelled('e-2', 's'))

    expect(told('stock.returned')).toEqual([
      { subject: 'e-1', number: 'OL-1', sale: 's' },
      { subject: 'e-2', number: 'OL-1', sale: 's' },
    ])
    expect(told('stock.released').map(({ subject }) => subject)).toEqual(['e-1', 'e-2'])
    expect(await allotment('s')).toMatchObject({ units: 2, free: 2 })
    expect(await shelf()).toEqual(before)
  })

  it('that is cancelled before it comes gives its credit back once, and gets no unit', async () => {
    await hear(releaseStock, cancelled('e-1', 's'))
    await hear(reserveStock, placed('e-1', 's'))
    await hear(releaseStock, cancelled('e-1', 's'))
    await hear(releaseStock, expired('e-1', 's'))

    expect(emitted.slice(2)).toEqual([{ name: 'stock.returned', subject: 'e-1', data: { number: 'OL-1', sale: 's' } }])
    expect(await allotment('s')).toMatchObject({ units: 2, free: 2 })
  })

  it('leaves what is of the shelf to the shelf', async () => {
    await hear(reserveStock, placed('o-1'))
    await hear(releaseStock, cancelled('o-1'), cancelled('o-2'))

    expect(told('stock.returned')).toEqual([])
    expect((await shelf()).available).toBe(received - 3)
  })
})

describe('what a sale spares', () => {
  it('is on the shelf again, and can be bought by anyone', async () => {
    await hear(allotStock, announced('s', 5))
    await hear(reserveStock, placed('e-1', 's'))
    await hear(spareStock, spared('s', 3), spared('s', 1))

    expect(await allotment('s')).toMatchObject({ units: 1, free: 0 })
    expect((await shelf()).available).toBe(received - 1)
  })

  it('is never more than what is free of it', async () => {
    await hear(allotStock, announced('s', 2))
    await hear(reserveStock, placed('e-1', 's'))

    await expect(hear(spareStock, spared('s', 2))).rejects.toMatchObject({ message: expect.stringContaining('CHECK') })
    expect([await allotment('s'), (await shelf()).available]).toMatchObject([{ units: 2, free: 1 }, received - 2])
  })

  it('can only come from what was set aside', async () => {
    await expect(hear(spareStock, spared('nowhere', 1))).rejects.toThrow(Unfixable)
    expect((await shelf()).available).toBe(received)
  })
})

const lines = (quantity: number) => [{ sku: SKU, quantity, name: 'Mug', unitPriceCents: 1 }]
const announced = (sale: string, units: number, sku = SKU) => message('sale.announced', sale, { sku, units })
const spared = (sale: string, units: number) => message('sale.spared', sale, { units })
const placed = (orderId: string, sale?: string) => message('order.placed', orderId, { ...ORDER, lines: lines(1), sale })
const cancelled = (orderId: string, sale?: string) => message('order.cancelled', orderId, { number: 'OL-1', sale })
const expired = (orderId: string, sale?: string) => message('order.expired', orderId, { number: 'OL-1', sale })

/** What was emitted under this name, with its subject. */
function told<E extends EventName>(name: E) {
  return emitted.filter((one) => one.name === name).map(({ subject, data }) => ({ subject, ...data }))
}

const shelf = () => db.read.stock.findUniqueOrThrow({ where: { sku: SKU } })
const allotment = (sale: string) => db.read.allotment.findUniqueOrThrow({ where: { sale } })

/** Applies messages in one transaction. */
async function hear<E extends EventName>(handler: Handler<E, Client>, ...messages: Message<E>[]): Promise<void> {
  const batch = messages.map((message) => ({ message, found: undefined }))
  await db.write((tx) => handler.apply(tx, batch, (event) => void emitted.push(event)))
}

function message<E extends EventName>(name: E, subject: string, data: EventData<E>) {
  return { id: `${subject} ${name}`, name, subject, at: 0, stamp: 0, attempt: 1, data } as Message<E>
}
