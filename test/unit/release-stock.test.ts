import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openInventory } from '../../services/inventory/db.ts'
import { releaseStock } from '../../services/inventory/release-stock.ts'
import { reserveStock } from '../../services/inventory/reserve-stock.ts'
import type { Emitted, EventData, Message } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { ORDER } from '../protocol-bed.ts'

let folder: string
let db: Database<Client>
let emitted: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-release-'))
  db = await openInventory(folder)
  emitted = []
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('stock that was reserved', () => {
  it('is free again when the order expires, and the order hears of it once', async () => {
    await hear(reserveStock, placed('o-1'))
    const before = await available()

    await hear(releaseStock, expired('o-1'))
    await hear(releaseStock, expired('o-1'))

    expect(await available()).toBe(before + 1)
    expect(emitted).toEqual(['stock.reserved o-1', 'stock.released o-1'])
  })

  it('is free again when the order is cancelled, and the order hears of it', async () => {
    await hear(reserveStock, placed('o-1'), placed('o-2'))

    await hear(releaseStock, cancelled('o-1'), cancelled('o-2'))

    expect(emitted.slice(2)).toEqual(['stock.released o-1', 'stock.released o-2'])
  })

  it('is never reserved for an order that is cancelled before it comes, and nothing is released', async () => {
    const before = await available()
    await hear(releaseStock, cancelled('o-1'))
    await hear(reserveStock, placed('o-1'))

    expect([await available(), emitted]).toEqual([before, []])
  })
})

const placed = (orderId: string) => message('order.placed', orderId, ORDER)
const cancelled = (orderId: string) => message('order.cancelled', orderId, { number: 'OL-1', wasPaid: false })
const expired = (orderId: string) => message('order.expired', orderId, { number: 'OL-1' })

async function available(): Promise<number> {
  return (await db.read.stock.findUniqueOrThrow({ where: { sku: 'MUG-001' } })).available
}

/** Applies messages in one transaction. */
async function hear<E extends EventName>(handler: Handler<E, Client>, ...messages: Message<E>[]): Promise<void> {
  const emit = ({ name, subject }: Emitted) => void emitted.push(`${name} ${subject}`)
  const batch = messages.map((message) => ({ message, found: undefined }))
  await db.write((tx) => handler.apply(tx, batch, emit))
}

function message<E extends EventName>(name: E, orderId: string, data: EventData<E>) {
  return { id: `${orderId} ${name}`, name, subject: orderId, at: 0, stamp: 0, attempt: 1, data } as Message<E>
}
